"""Rooms of the dashboard: the guides."""
