"""Rooms of the dashboard: contacts and their import."""
