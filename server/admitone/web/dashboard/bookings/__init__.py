"""Rooms of the dashboard: bookings."""
