"""What links and bookings are found by: the words of a name, and an address."""

from __future__ import annotations

import unicodedata

WORDS = 8
"""Words of one name that are indexed at most."""


def fold(text: str) -> str:
    """`text` without what people do not type when they search: case, accents, width."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c != "\0")


def words_of(name: str | None, email: str | None) -> list[str]:
    """The words that a record with this name and address is found by, each once."""
    words = fold(name).split()[:WORDS] if name else []
    return list(dict.fromkeys([*words, *([fold(email)] if email else [])]))
