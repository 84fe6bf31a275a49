"""Rooms of the dashboard: links."""
