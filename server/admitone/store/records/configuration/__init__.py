"""Reads and writes the configuration of a workspace."""
