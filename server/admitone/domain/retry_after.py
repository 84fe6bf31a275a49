"""The header Retry-After (RFC 9110, 10.2.3)."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

LONGEST = 86_400
"""The longest wait in seconds; longer ones are cut to it."""
_DIGITS = 10


def retry_after(text: str | None, now: float) -> int | None:
    """The seconds of a `Retry-After`, a number or a date; None if it is missing or malformed.

    `now` (epoch seconds) is subtracted from a date.
    """
    text = (text or "").strip()
    if text.isascii() and text.isdecimal():
        return LONGEST if len(text) > _DIGITS else min(int(text), LONGEST)
    try:
        seconds = parsedate_to_datetime(text).timestamp() - now
    except (ValueError, OverflowError):
        return None
    return min(max(0, round(seconds)), LONGEST)
