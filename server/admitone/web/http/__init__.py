"""HTTP itself: who calls, what comes in, what goes out, and what surrounds every handler."""
