"""The words by which a search finds links and bookings: those of a name, and an email address."""

from __future__ import annotations

import unicodedata
from itertools import islice

WORDS = 8
"""The number of words of one name that are indexed at most, and of one search that are looked up."""
SHORTEST = 2
"""Characters in a word that a search looks up; shorter ones begin too many words."""


def fold(text: str) -> str:
    """`text` without the differences that a search ignores: case, accents, width."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c != "\0")


def words_of(name: str | None, *emails: str | None) -> list[str]:
    """The words by which a search finds a record with this name and these addresses, each once."""
    words = fold(name).split()[:WORDS] if name else []
    return list(dict.fromkeys([*words, *(fold(email) for email in emails if email)]))


def sought_words(text: str) -> list[str]:
    """The words of a search that are looked up: the first `WORDS` different ones that are long enough."""
    words = (word for word in fold(text).split() if len(word) >= SHORTEST)
    return list(islice(dict.fromkeys(words), WORDS))
