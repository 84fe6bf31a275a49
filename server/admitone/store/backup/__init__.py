"""Backups: a snapshot of each primary in one encrypted file, and the way back into an empty Redis."""
