"""Rooms of the dashboard: the activity."""
