"""Rooms of the dashboard: mail."""
