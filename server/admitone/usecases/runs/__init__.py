"""Runs of workflows: contacts enter and go from step to step; lists, figures, and what people do to runs."""
