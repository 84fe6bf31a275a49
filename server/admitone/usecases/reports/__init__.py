"""Use cases of reports: figures over days."""
