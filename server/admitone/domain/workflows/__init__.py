"""Workflows: what happens to each contact who enters, step by step (docs/rules/workflows.md)."""
