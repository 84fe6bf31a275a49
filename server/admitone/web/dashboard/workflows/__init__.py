"""Workflows: their list, the editor of a draft, publishing, and the runs."""
