"""Rooms of the dashboard: google."""
