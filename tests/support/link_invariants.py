"""The lists of links by state, and the words of links and bookings, as they follow from the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.store.records.search_words import words_of, words_of_note
from admitone.store.records.word_index import word_members

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.support.raw_database import Workspace


def expected_lists(workspace: Workspace) -> dict[str, dict[str, float]]:
    """The sorted sets by name: those of links by state, and the word indexes of links and bookings."""
    places = workspace.sets.get("links", {})
    found: dict[str, dict[str, float]] = {
        name: {} for name in ("links:booked", "links:revoked", "links:expired", "links:expiring")
    }
    link_words: list[str] = []
    for link_id, link in workspace.records("link").items():
        if name := _list_of(link):
            at = link["expires"] if name == "links:expiring" else places.get(link_id, -1)
            found[name][link_id] = float(at)
        booked = [workspace.data(one) for one in bookings_of(link)]
        words = [*words_of(link.get("name"), link.get("email")), *words_of_note(link.get("note", ""))]
        words += [word for data in booked if data for word in words_of(data["name"], data["email"])]
        link_words += word_members(words, int(link.get("created", 0)), link_id)
    booking_words: list[str] = []
    for booking_id in workspace.records("booking"):
        if data := workspace.data(booking_id):
            words = [*words_of(data["name"], data["email"], *data.get("guests", ())), *_notes(data)]
            booking_words += word_members(words, data["created"], booking_id)
    return found | {"links:words": _scored(link_words), "bookings:words": _scored(booking_words)}


def bookings_of(link: Mapping[str, str]) -> list[str]:
    """The ids of a link's bookings, oldest first: those before the one that it is booked by are `earlier`."""
    return [one for one in (*link.get("earlier", "").split(","), link.get("booked", "")) if one]


def _list_of(link: Mapping[str, str]) -> str | None:
    if "booked" in link:
        return "links:booked"
    if "revoked" in link:
        return "links:revoked"
    if "expires" not in link:
        return None
    return "links:expired" if link.get("expired") == link["expires"] else "links:expiring"


def _notes(data: dict[str, Any]) -> list[str]:
    return words_of_note(data.get("notes", ""))


def _scored(members: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(members, 0)
