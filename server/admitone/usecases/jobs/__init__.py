"""Plan the jobs that follow from an event; list, retry and discard jobs that failed for good."""
