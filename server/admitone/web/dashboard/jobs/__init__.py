"""Rooms of the dashboard: jobs."""
