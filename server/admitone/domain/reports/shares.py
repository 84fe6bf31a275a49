"""What a link or a booking has contributed to the counters of reports, as its record keeps it.

Both are short texts, because every record has one. A link's is its mark and its day, and the workflow that
made it: `=20261129`, `-20261129 8a1e…`. A booking's is its mark, its channel (with the workflow), and what
was counted of it, in order: `=general s20261129.23 r20261130*2 d20261203`. Whose bookings they were follows
from the booking's present users: `@1:8a1e…` says that before it, the second place was that user's.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

Canceller = Literal["customer", "host", "workflow", "google"]
GENERAL = "general"
"""The channel of bookings by a general link."""


class Mark(StrEnum):
    """How a record is counted by the domain of its person's address."""

    APART = "="
    OTHER = "*"
    """Together with all domains beyond the first ones of its month."""
    NONE = "-"
    """Nobody's address is known."""


class What(StrEnum):
    """What is counted of a booking."""

    SCHEDULED = "s"
    RESCHEDULED = "r"
    CANCELLED = "x"
    CANCELLED_AFTER_START = "y"
    NO_SHOW = "n"
    COMPLETED = "d"


class LinkShare(msgspec.Struct, frozen=True):
    """A link is counted under the day on which it was made."""

    mark: Mark
    day: date
    workflow: str | None = None


class Entry(msgspec.Struct, frozen=True):
    """Something that was counted `number` times on one day, while the booking was that of `users`.

    `detail` is the bucket of the lead time of a booking that was made, and who cancelled.
    """

    what: What
    day: date
    users: tuple[str, ...]
    detail: str = ""
    number: int = 1


class BookingShare(msgspec.Struct, frozen=True):
    """What was counted of a booking, in order; `channel` and `workflow` are those of its link."""

    mark: Mark
    channel: str
    workflow: str | None
    entries: tuple[Entry, ...] = ()

    def added(self, entry: Entry) -> BookingShare:
        """With one entry more, which joins the last one if that is the same on the same day."""
        last = self.entries[-1] if self.entries else None
        if last is not None and msgspec.structs.replace(last, number=entry.number) == entry:
            both = msgspec.structs.replace(last, number=last.number + entry.number)
            return msgspec.structs.replace(self, entries=(*self.entries[:-1], both))
        return msgspec.structs.replace(self, entries=(*self.entries, entry))

    def last(self, what: What) -> Entry | None:
        """The last entry of a kind."""
        return next((entry for entry in reversed(self.entries) if entry.what is what), None)

    def without(self, *taken: Entry) -> BookingShare:
        """Without these entries."""
        return msgspec.structs.replace(self, entries=tuple(one for one in self.entries if one not in taken))


_ENTRY = re.compile(r"([a-z])(\d{8})(?:\.(\w+))?(?:\*(\d+))?")
_HANDED = re.compile(r"@(\d+):(.+)")


@lru_cache(maxsize=4096)
def read_link_share(text: str) -> LinkShare:
    """The share in a link's record; raises ValueError."""
    day, _, workflow = text[1:].partition(" ")
    return LinkShare(Mark(text[:1]), date.fromisoformat(day), workflow or None)


def link_workflow(text: str | None) -> str | None:
    """The workflow that made a link, by the share in its record; None if nothing was counted of it."""
    return text.partition(" ")[2] or None if text else None


def booking_source(text: str | None) -> tuple[str | None, str | None]:
    """Channel and workflow of a booking, by the share in its record; None if nothing was counted of it."""
    channel, _, workflow = text[1:].partition(" ")[0].partition(":") if text else ("", "", "")
    return channel or None, workflow or None


def link_share_text(share: LinkShare) -> str:
    """What a link's record keeps, without the mark, which comes first and which the script decides."""
    return _day_text(share.day) + (f" {share.workflow}" if share.workflow else "")


def read_booking_share(text: str, users: Sequence[str]) -> BookingShare:
    """The share in the record of a booking that is that of `users` now; raises ValueError."""
    head, *words = text[1:].split(" ")
    channel, _, workflow = head.partition(":")
    now, entries = list(users), []
    for word in reversed(words):
        if handed := _HANDED.fullmatch(word):
            now[int(handed[1])] = handed[2]
        elif entry := _ENTRY.fullmatch(word):
            what, day, detail, number = entry.groups()
            at = date.fromisoformat(day)
            entries.append(Entry(What(what), at, tuple(now), detail or "", int(number or 1)))
        else:
            raise ValueError(word)
    return BookingShare(Mark(text[:1]), channel, workflow or None, tuple(reversed(entries)))


def booking_share_text(share: BookingShare, users: Sequence[str]) -> str:
    """What the record of a booking that is that of `users` now keeps, without the mark."""
    words, later = [], tuple(users)
    for entry in reversed(share.entries):
        changed = enumerate(zip(entry.users, later, strict=True))
        words += [f"@{place}:{was}" for place, (was, became) in changed if was != became]
        words.append(_entry_text(entry))
        later = entry.users
    head = f"{share.channel}:{share.workflow}" if share.workflow else share.channel
    return " ".join([head, *reversed(words)])


def _entry_text(entry: Entry) -> str:
    detail = f".{entry.detail}" if entry.detail else ""
    return f"{entry.what}{_day_text(entry.day)}{detail}" + (f"*{entry.number}" if entry.number > 1 else "")


def _day_text(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"
