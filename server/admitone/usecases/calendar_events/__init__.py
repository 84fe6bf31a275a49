"""Bookings as events in Google Calendar: written, watched and followed."""
