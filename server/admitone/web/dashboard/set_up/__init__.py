"""Whether everything that a host needs is set up, and what waits because something is missing."""
