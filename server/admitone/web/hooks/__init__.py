"""Calls from other servers."""

from admitone.web.hooks import google_calendar, workflow

__all__ = ["google_calendar", "workflow"]
