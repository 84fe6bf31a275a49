"""Calls from other servers."""

from admitone.web.hooks import google_calendar

__all__ = ["google_calendar"]
