"""Rooms of the dashboard: files that are checked and imported."""
