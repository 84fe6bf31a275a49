"""Bookings as events in Google Calendar: write them, watch for changes, and follow changes."""
