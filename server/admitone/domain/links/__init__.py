"""One-time links and what they lead to."""
