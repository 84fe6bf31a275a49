"""Reads many records at once: lists, searches, histories and occupied time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.availability.case import Booked
from admitone.domain.availability.distribution import Tally
from admitone.domain.event import Event
from admitone.store.records.documents import read_booking, read_booking_data, read_link, text_map
from admitone.store.records.index import entries_of
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from admitone.domain.bookings.booking import Booking, BookingData
    from admitone.domain.links.link import Link
    from admitone.store.store import Store

EXAMINED = 1000
"""The number of index entries that one call of a filtered list examines at most (docs/api.md)."""
_STATE_FIELDS = ("page", "booked", "revoked", "expires", "event_type")
_event = msgspec.json.Decoder(Event)


class OccupiedTime(msgspec.Struct, frozen=True):
    """One booking in a user's occupied time: start and end in epoch seconds, buffers in seconds."""

    booking: str
    start: int
    end: int
    before: int
    after: int
    event_type: str

    def as_booked(self, event_type: str) -> Booked:
        """The same time for availability; it counts to the limits of its own event type only."""
        return Booked(self.start, self.end, self.before, self.after, counts=self.event_type == event_type)


Changes = tuple[bytes | None, ...]
"""For each of several users how often their occupied time has changed; None if it never has."""


class Occupied(msgspec.Struct, frozen=True):
    """The occupied time of several users, as Redis answers it, and how often it has changed."""

    changes: Changes
    answers: Sequence[Sequence[Any]]

    @property
    def times(self) -> list[list[OccupiedTime]]:
        """For each user their bookings, by start."""
        return [
            [occupied_time(each.score, each.id) for each in entries_of(answer)] for answer in self.answers
        ]

    @property
    def entries(self) -> int:
        """The number of bookings of all users."""
        return sum(map(len, self.answers))


class Turns(msgspec.Struct, frozen=True):
    """The tallies of a master page and event type; `roster` has its members at the last booking."""

    tallies: Mapping[str, Tally]
    roster: frozenset[str]


async def read_links(store: Store, workspace: str, ids: Sequence[str]) -> list[Link]:
    """The links with these ids, in the same order; ids without a record are left out."""
    keys = store.keys(workspace)
    answers = await store.send(*(Command(("HGETALL", keys.link(link))) for link in ids))
    found = [
        read_link(link, workspace, pairs, store.sealer) for link, pairs in zip(ids, answers, strict=True)
    ]
    return [link for link in found if link is not None]


async def read_bookings(store: Store, workspace: str, ids: Sequence[str]) -> list[Booking]:
    """The bookings with these ids, in the same order; ids without a record are left out."""
    keys = store.keys(workspace)
    commands: list[Command] = []
    for booking in ids:
        commands.append(Command(("HGETALL", keys.booking(booking))))
        commands.append(Command(("GET", keys.booking_data(booking))))
    answers = await store.send(*commands)
    found = [
        read_booking(booking, pairs, data)
        for booking, pairs, data in zip(ids, answers[::2], answers[1::2], strict=True)
    ]
    return [booking for booking in found if booking is not None]


async def read_customers(store: Store, workspace: str, links: Sequence[Link]) -> dict[str, list[BookingData]]:
    """By the id of each link the data of its bookings, of those that were not erased."""
    keys = store.keys(workspace)
    booked = [(link.id, booking) for link in links for booking in link.bookings]
    answers = await store.send(*(Command(("GET", keys.booking_data(booking))) for _, booking in booked))
    found: dict[str, list[BookingData]] = {link.id: [] for link in links}
    for (link, _), data in zip(booked, answers, strict=True):
        if data is not None:
            found[link].append(read_booking_data(data))
    return found


class LinkTotals(msgspec.Struct, frozen=True):
    """The number of links ever created in a workspace, and how many of them are booked or revoked."""

    made: int
    used: int


async def read_link_totals(store: Store, workspace: str) -> LinkTotals:
    """The current totals."""
    fields = ("links", "links_booked", "links_revoked")
    [answer] = await store.send(Command(("HMGET", store.keys(workspace).counts, *fields)))
    made, booked, revoked = (int(text or 0) for text in answer)
    return LinkTotals(made, booked + revoked)


async def count_links(
    store: Store,
    workspace: str,
    page: str,
    matches: Callable[[str | None], bool],
    *,
    now: int,
    most: int,
) -> int:
    """The number of active links of a page whose event type `matches`, but not more than `most`.

    Counting stops at `most`, and begins with the newest links, because old ones are mostly used or expired.
    """
    keys = store.keys(workspace)
    found = place = 0
    while found < most:
        [ids] = await store.send(Command(("ZREVRANGE", keys.page_links(page), place, place + EXAMINED - 1)))
        answers = await store.send(
            *(Command(("HMGET", keys.link(link.decode()), *_STATE_FIELDS)) for link in ids)
        )
        for exists, booked, revoked, expires, event_type in answers:
            is_active = exists and not booked and not revoked and (not expires or int(expires) > now)
            found += bool(is_active and matches(event_type.decode() if event_type else None))
        place += EXAMINED
        if len(ids) < EXAMINED:
            break
    return min(found, most)


async def read_histories(store: Store, *keys: str) -> list[list[Event]]:
    """The events of each history, oldest first."""
    answers = await store.send(*(Command(("LRANGE", key, 0, -1)) for key in keys))
    return [[_event.decode(event) for event in answer] for answer in answers]


async def read_occupied(store: Store, workspace: str, ranges: Sequence[tuple[str, int, int]]) -> Occupied:
    """For each (user, from, to) the bookings of the user that start in between, by start.

    The changes are read before the bookings: what follows from a booking that comes in between is at worst
    computed once more.
    """
    keys = store.keys(workspace)
    changes, *answers = await store.send(
        _changes(store, workspace, [user for user, _, _ in ranges]),
        *(
            Command(("ZRANGEBYSCORE", keys.occupied(user), first, f"({last}", "WITHSCORES"))
            for user, first, last in ranges
        ),
    )
    return Occupied(tuple(changes), answers)


async def read_occupied_changes(store: Store, workspace: str, users: Sequence[str]) -> Changes:
    """For each of the users how often their occupied time has changed."""
    [answer] = await store.send(_changes(store, workspace, users))
    return tuple(answer)


def _changes(store: Store, workspace: str, users: Sequence[str]) -> Command:
    # HMGET takes at least one field.
    return Command(("HMGET", store.keys(workspace).counts, *(f"occupied:{user}" for user in users or ("",))))


async def read_turns(store: Store, workspace: str, page: str, event_type: str) -> Turns:
    """The tallies of the users of a master page and event type."""
    key = store.keys(workspace).turns(page, event_type)
    [pairs] = await store.send(Command(("HGETALL", key)))
    fields = {name: value.decode() for name, value in text_map(pairs).items()}
    roster = fields.pop("*roster", "")
    fields.pop("*order", None)
    tallies = {user: Tally(*map(int, text.split())) for user, text in fields.items()}
    return Turns(tallies, frozenset(roster.split(",")) if roster else frozenset())


async def find_conflicts(store: Store, workspace: str, user: str, after: int) -> list[str]:
    """Ids of the user's live bookings with a conflict (docs/calendar-events.md) that start after a time."""
    keys = store.keys(workspace)
    bounds = (f"({after}", "+inf", "LIMIT", 0, EXAMINED)
    [members] = await store.send(Command(("ZRANGEBYSCORE", keys.occupied(user), *bounds)))
    bookings = [member.partition(b"|")[0].decode() for member in members]
    found = await store.send(*(Command(("HGET", keys.booking(each), "conflict")) for each in bookings))
    return [each for each, conflict in zip(bookings, found, strict=True) if conflict is not None]


def occupied_time(start: int, member: str) -> OccupiedTime:
    """One entry of a user's occupied time (lua/include/occupied.lua)."""
    booking, end, before, after, event_type = member.split("|", 4)
    return OccupiedTime(booking, start, int(end), int(before), int(after), event_type)
