"""Entries of the activity stream: what happened in a workspace, in the order of Redis, and to whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.event import Event

_ID = re.compile(r"(\d{1,15})-(\d{1,15})", re.ASCII)

if TYPE_CHECKING:
    from collections.abc import Iterable


class Entry(msgspec.Struct, frozen=True):
    """One entry; `audience` has the ids of the users whom it concerns.

    It is empty for an event of the whole workspace, and for every entry that was written before entries had
    an audience.
    """

    id: str
    event: Event
    audience: frozenset[str] = frozenset()

    def is_own(self, user: str) -> bool:
        """Whether it concerns the user, or they did it."""
        return user == self.event.by or user in self.audience

    @property
    def record(self) -> tuple[str, str]:
        """The kind and id of the configuration record that the event is about; empty if there is none."""
        kind, _, record_id = (self.event.record or "").partition(":")
        return kind, record_id

    @property
    def page(self) -> str | None:
        """The id of the page that the event is about, or of which the record is."""
        kind, record_id = self.record
        return record_id if kind in {"booking_page", "master_page"} else self.event.page

    @property
    def workflow(self) -> str | None:
        """The id of the workflow that the event is about, or of which the record is."""
        kind, record_id = self.record
        return record_id if kind == "workflow" else self.event.workflow


def order_of(entry_id: str) -> tuple[int, int]:
    """What orders ids of entries, which are `<milliseconds>-<number>`; raises ValueError for another text."""
    match = _ID.fullmatch(entry_id)
    if match is None:
        raise ValueError(entry_id)
    return int(match[1]), int(match[2])


def is_entry_id(text: str) -> bool:
    """Whether the text has the form of an entry's id."""
    return _ID.fullmatch(text) is not None


def numbered(events: Iterable[Event]) -> list[Entry]:
    """The events of records' own histories as entries, newest first.

    Their ids have the form of the stream's and their order, but they are not ids of the stream.
    """
    ordered = sorted(events, key=lambda event: event.at)
    entries = [Entry(f"{event.at * 1000}-{place}", event) for place, event in enumerate(ordered)]
    return entries[::-1]


NOBODY_KNOWN = ""
"""What did it, in the history of a record that does not say."""
ActorKind = Literal["user", "customer", "system", "workflow", "program"]


def actor_kind(event: Event) -> ActorKind:
    """What did it: a program is one that sent a hook, by which a contact was made or changed."""
    if event.by in {"customer", "workflow"}:
        return "customer" if event.by == "customer" else "workflow"
    if event.by in {"system", NOBODY_KNOWN}:
        return "program" if event.workflow and event.type.startswith("contact.") else "system"
    return "user"
