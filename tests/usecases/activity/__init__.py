"""The activity: its listeners."""
