"""Random acts on one workspace, as many clients do them at once: read what is there, then try to change it.

Run as a program it is one of several processes that race: it reads a `Race` from its input, says `ready`,
waits for a line, and prints what each act was answered.
"""

from __future__ import annotations

import asyncio
import random
import sys
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from admitone.domain.errors import Busy, OutcomeUnknown
from admitone.store.codes import Code
from admitone.store.records.index import read_index
from admitone.store.records.links import open_link, update_link
from tests.support.factories import DAY, NOW, WORKSPACE, a_booking, a_link, an_event
from tests.support.store.actions import (
    a_store,
    read,
    slot_of,
    try_book,
    try_cancel,
    try_create,
    try_move,
    try_no_show,
    try_reactivate,
    try_request_reschedule,
    try_revoke,
)

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.link import Link
    from admitone.store.store import ScriptAnswer, Store

Kind = Literal[
    "book",
    "book_generally",
    "cancel",
    "create",
    "fetch",
    "move",
    "no_show",
    "open",
    "reactivate",
    "request_reschedule",
    "revoke",
    "update",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
HALF_HOUR = 1800
USERS = ["paula", "quentin", "rosa"]
REFUSALS = {Code.LINK_BOOKED, Code.LINK_REVOKED, Code.LINK_EXPIRED}
ANSWERS = {
    "book": {Code.OK, Code.TAKEN, Code.TOO_MANY, *REFUSALS},
    "book_generally": {Code.OK, Code.TAKEN},
    "cancel": {Code.OK, Code.MOVED},
    "create": {Code.OK},
    "fetch": {Code.OK},
    "move": {Code.OK, Code.MOVED, Code.TAKEN},
    "no_show": {Code.OK, Code.MOVED},
    "open": {Code.OK, Code.UNCHANGED},
    "request_reschedule": {Code.OK, Code.MOVED},
    "reactivate": {Code.OK, Code.MOVED, Code.LINK_BOOKED, Code.UNCHANGED},
    "revoke": {Code.OK, *REFUSALS},
    "update": {Code.OK, Code.MOVED},
}
"""What each act may be answered, besides that it was applied before, where it was sent again."""


class Act(msgspec.Struct, frozen=True):
    """One thing that a client does; numbers choose among what is there."""

    kind: Kind
    target: int
    place: int
    variety: int


class Outcome(msgspec.Struct, frozen=True):
    """What an act was answered, None where the outcome is unknown; `booking` is one that it made."""

    kind: Kind
    code: Code | None
    booking: str | None = None


class Race(msgspec.Struct, frozen=True):
    """What one process does: `bookings` all at once, then `acts` random ones by each of `clients`."""

    url: str
    bookings: list[tuple[str, int, str]] = []
    """Link, start and user of each."""
    seed: int = 0
    acts: int = 0
    clients: int = 0


def random_acts(seed: int, count: int) -> list[Act]:
    """Acts that a seed stands for."""
    rnd = random.Random(seed)
    return [
        Act(rnd.choice(KINDS), rnd.randrange(1000), rnd.randrange(12), rnd.randrange(1000))
        for _ in range(count)
    ]


async def play(store: Store, acts: list[Act]) -> list[Outcome]:
    """What one client does, one act after the other."""
    return [await _act(store, act) for act in acts]


async def _act(store: Store, act: Act) -> Outcome:
    booking = _a_booking(act)
    try:
        answer = await _try(store, act, booking)
    except (Busy, OutcomeUnknown):
        return Outcome(act.kind, None)
    if answer is None:
        return Outcome(act.kind, Code.OK)
    made = act.kind in {"book", "book_generally"} and answer.code in {Code.OK, Code.APPLIED}
    return Outcome(act.kind, answer.code, booking.id if made else None)


async def _try(store: Store, act: Act, booking: Booking) -> ScriptAnswer | None:
    """What the act was answered; None where there was nothing to act upon."""
    if act.kind == "create":
        on_cancel = "reactivate" if act.variety % 2 else "keep"
        expires_at = NOW + HALF_HOUR if act.variety % 5 == 0 else None
        return await try_create(store, a_link(on_cancel=on_cancel, expires_at=expires_at))
    if act.kind == "book_generally":
        return await _book(store, act, booking)
    if act.kind in {"cancel", "move", "no_show", "request_reschedule"}:
        there = await _some_booking(store, act)
        return await _change_booking(store, act, there, booking) if there else None
    link = await _some_link(store, act)
    if link and act.kind == "book":
        return await _book(store, act, msgspec.structs.replace(booking, link=link.id))
    return await _change_link(store, act, link) if link else None


async def _book(store: Store, act: Act, booking: Booking) -> ScriptAnswer:
    """For one place or two, with the candidates in some order."""
    rnd = random.Random(act.variety)
    users = rnd.sample(USERS, rnd.randint(1, 3))
    places = [rnd.sample(range(len(users)), len(users)) for _ in range(min(len(users), rnd.randint(1, 2)))]
    return await try_book(store, booking, users=users, places=places, now=_now(act))


async def _change_booking(store: Store, act: Act, there: Booking, wanted: Booking) -> ScriptAnswer:
    if act.kind == "cancel":
        return await try_cancel(store, there, now=_now(act))
    if act.kind == "request_reschedule":
        return await try_request_reschedule(store, there)
    if act.kind == "no_show":
        return await try_no_show(store, there)
    slot = slot_of(wanted, event_type=there.event_type)
    return await try_move(store, there, slot, by_customer=bool(act.variety % 2))


async def _change_link(store: Store, act: Act, link: Link) -> ScriptAnswer | None:
    now = _now(act)
    if act.kind == "revoke":
        return await try_revoke(store, link.id, now=now)
    if act.kind == "reactivate":
        return await try_reactivate(store, link)
    if act.kind == "open":
        return await open_link(store, WORKSPACE, link, an_event("link.opened", link=link.id), now)
    if act.kind == "update":
        values = {"note": str(act.variety), "expires": now + DAY if act.variety % 2 else None}
        return await update_link(store, WORKSPACE, link, an_event("link.updated", link=link.id), values)
    await read(store, link=link.id, fetched_at=now)
    return None


def _now(act: Act) -> int:
    """Before or after the expiry of the links that expire."""
    return NOW + act.variety % 3 * HALF_HOUR


def _a_booking(act: Act) -> Booking:
    """Starts every half hour, for up to 50 minutes with up to 20 of buffers: most of them collide."""
    start = NOW + DAY + act.place * HALF_HOUR
    return a_booking(
        start=start,
        end=start + (act.variety % 5 + 1) * 600,
        before=act.variety % 3 * 600,
        after=act.variety // 3 % 3 * 600,
    )


async def _some_link(store: Store, act: Act) -> Link | None:
    key = store.keys(WORKSPACE).links
    found = await read_index(store, key, after=None, limit=10, newest_first=bool(act.variety % 2))
    return (await read(store, link=found[act.target % len(found)].id)).link if found else None


async def _some_booking(store: Store, act: Act) -> Booking | None:
    key = store.keys(WORKSPACE).bookings
    found = await read_index(store, key, after=None, limit=50, newest_first=bool(act.variety % 2))
    return (await read(store, booking=found[act.target % len(found)].id)).booking if found else None


async def _race(race: Race) -> list[Outcome]:
    async with a_store(race.url) as store:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.readline)
        wanted = [a_booking(link=link, start=start, users=[user]) for link, start, user in race.bookings]
        answers = await asyncio.gather(*(try_book(store, booking) for booking in wanted))
        outcomes = [
            Outcome("book", answer.code, booking.id if answer.code is Code.OK else None)
            for booking, answer in zip(wanted, answers, strict=True)
        ]
        played = await asyncio.gather(
            *(play(store, random_acts(race.seed + client, race.acts)) for client in range(race.clients))
        )
        return outcomes + [outcome for client in played for outcome in client]


if __name__ == "__main__":
    ours = msgspec.json.decode(sys.stdin.readline(), type=Race)
    sys.stdout.write(msgspec.json.encode(asyncio.run(_race(ours))).decode() + "\n")
