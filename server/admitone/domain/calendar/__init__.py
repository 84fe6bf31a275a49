"""Busy time, calendar events and calendar files."""
