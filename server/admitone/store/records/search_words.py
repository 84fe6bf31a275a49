"""The words by which a search finds links, bookings and contacts."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WORDS = 8
"""The number of words of one name that are indexed at most, and of one search that are looked up."""
NOTE_WORDS = 24
"""The number of words of one note that are indexed at most: customers write notes, and words take memory."""
SHORTEST = 2
"""Characters in a word that a search looks up, or of a note; shorter ones begin too many words."""
_NOTE_WORD = re.compile(r"\w(?:\S*\w)?")


def fold(text: str) -> str:
    """`text` without the differences that a search ignores: case, accents, width."""
    if text.isascii():
        return text.lower().replace("\0", "")
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c != "\0")


def words_of(name: str | None, *emails: str | None) -> list[str]:
    """The words by which a search finds a record with this name and these addresses, each once."""
    words = fold(name).split()[:WORDS] if name else []
    return list(dict.fromkeys([*words, *(fold(email) for email in emails if email)]))


def words_of_note(note: str) -> list[str]:
    """The first `NOTE_WORDS` different words of a note, without the punctuation around them."""
    if not note:
        return []
    words = (word for word in _NOTE_WORD.findall(fold(note)) if len(word) >= SHORTEST)
    return list(islice(dict.fromkeys(words), NOTE_WORDS))


def words_of_link(
    name: str | None, email: str | None, note: str, customers: Iterable[tuple[str, str]] = ()
) -> list[str]:
    """The words of a link: of its person, its note, and the names and addresses of those who booked by it."""
    booked = (word for customer in customers for word in words_of(*customer))
    return list(dict.fromkeys([*words_of(name, email), *words_of_note(note), *booked]))


def words_of_booking(name: str, email: str, guests: Sequence[str], notes: str) -> list[str]:
    """The words of a booking: of its customer, its guests' addresses, and its notes."""
    return list(dict.fromkeys([*words_of(name, email, *guests), *words_of_note(notes)]))


def sought_words(text: str) -> list[str]:
    """The words of a search that are looked up: the first `WORDS` different ones that are long enough."""
    words = (word for word in fold(text).split() if len(word) >= SHORTEST)
    return list(islice(dict.fromkeys(words), WORDS))
