"""What tells operators that something is wrong."""
