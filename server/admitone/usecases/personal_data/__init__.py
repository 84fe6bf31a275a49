"""Personal data have an end: look-up, export and erasure of one address, and retention."""
