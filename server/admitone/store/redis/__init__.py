"""Redis itself: finding, starting, checking and reaching one, and loading its scripts."""
