"""What follows from an event, and jobs that failed for good."""
