"""Does the jobs that follow from events in the outbox."""
