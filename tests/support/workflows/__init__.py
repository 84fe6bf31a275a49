"""Workflows whose runs a test follows."""
