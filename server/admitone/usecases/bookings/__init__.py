"""Book a time, and everything that can happen to a booking."""
