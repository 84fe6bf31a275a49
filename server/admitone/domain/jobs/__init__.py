"""Jobs: what follows from an event, and when one is tried again."""
