"""What other servers tell us."""

from admitone.web.hooks import google_calendar

__all__ = ["google_calendar"]
