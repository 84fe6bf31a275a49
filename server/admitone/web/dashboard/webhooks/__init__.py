"""Rooms of the dashboard: webhooks."""
