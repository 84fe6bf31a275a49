"""Checks of typed text, of one line or several.

Control characters are refused: they would break mails (RFC 5322) and calendar files (RFC 5545).
"""

from __future__ import annotations

import re
import unicodedata

from admitone.domain.errors import FieldError

LINE = 200
"""Characters in a name or a title at most."""
TEXT = 5000
"""Characters in a description, a note or an answer at most."""


def line_problems(field: str, text: str, *, most: int = LINE, empty: bool = False) -> list[FieldError]:
    """The errors in `text` as one line of at most `most` characters."""
    if not text.strip() and not empty:
        return [FieldError(field, "This is needed.")]
    if len(text) > most:
        return [FieldError(field, f"At most {most} characters.")]
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in text):
        return [FieldError(field, "Line breaks and control characters are not possible here.")]
    return []


def text_problems(field: str, text: str, *, most: int = TEXT) -> list[FieldError]:
    """The errors in `text` as several lines of at most `most` characters together."""
    if len(text) > most:
        return [FieldError(field, f"At most {most} characters.")]
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\r\t" for c in text):
        return [FieldError(field, "Control characters are not possible here.")]
    return []


def web_address(text: str) -> str | None:
    """The text if it is an http or https address, else None: only such a typed text may become a link."""
    return text if re.fullmatch(r"https?://[^\s]+", text) else None
