"""Reads and writes the records in Redis, one file for each kind."""
