"""A booking and its policy."""
