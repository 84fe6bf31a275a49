"""The router to a cluster."""
