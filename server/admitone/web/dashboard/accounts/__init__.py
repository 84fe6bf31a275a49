"""Rooms of the dashboard: accounts."""
