"""Jobs: the work that follows from an event, and when it is tried again."""
