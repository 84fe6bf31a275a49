"""The header by which somebody says when to come back (RFC 9110, 10.2.3)."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

LONGEST = 86_400
"""Seconds that are honoured at most, whatever is asked for."""
_DIGITS = 10


def retry_after(text: str | None, now: float) -> int | None:
    """The seconds of a `Retry-After`, a number or a date; None where there is none that can be read.

    `now` is epoch seconds, to which a date is compared.
    """
    text = (text or "").strip()
    if text.isascii() and text.isdecimal():
        return LONGEST if len(text) > _DIGITS else min(int(text), LONGEST)
    try:
        seconds = parsedate_to_datetime(text).timestamp() - now
    except (ValueError, OverflowError):
        return None
    return min(max(0, round(seconds)), LONGEST)
