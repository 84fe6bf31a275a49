"""Rooms of the dashboard: pages."""
