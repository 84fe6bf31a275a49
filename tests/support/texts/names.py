"""Names that are the same in every language; nothing else may be left in English."""

from __future__ import annotations

import re

NAMES = (
    "Admit One",
    "Admit one",
    "GitHub",
    "Gmail",
    "Google Calendar",
    "Google Meet",
    "Google",
    "Outlook.com",
    "Outlook",
    "Microsoft 365",
    "Apple",
    "Zoom",
    "UTC",
    "GMT",
)
_NAMES = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in NAMES))


def without_names(text: str) -> str:
    """The text without these names."""
    return _NAMES.sub("", text)
