"""Workflows: their drafts, versions and triggers, and the runs of contacts through them."""
