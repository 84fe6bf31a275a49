"""Random histories of links and bookings, carried out by the store's own functions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from admitone.store.records.book import Order, book
from admitone.store.records.bookings import (
    cancel_booking,
    reassign_booking,
    record_no_show,
    reschedule_booking,
    say_completed,
    undo_no_show,
)
from admitone.store.records.links import create_links, open_link
from admitone.store.records.readers import read_bookings, read_links
from tests.support.factories import DAY, HOUR, WORKSPACE, a_booking, a_booking_data, a_link, an_event
from tests.support.store.actions import read, slot_of

if TYPE_CHECKING:
    from datetime import date

    from admitone.domain.bookings.booking import Booking
    from admitone.store.store import Store

HOSTS = ("paula", "quentin", "rosa")
EMAILS = ("ann@one.test", "bea@two.test", None)


class Histories:
    """What happened so far; `step` does one thing more, or nothing where it is refused."""

    def __init__(self, store: Store, now: int, zone: str) -> None:
        self.store = store
        self.now = now
        self.zone = ZoneInfo(zone)
        self.links: list[str] = []
        self.bookings: list[str] = []

    def day(self, at: int) -> date:
        """The day of a time in the zone of now."""
        return datetime.fromtimestamp(at, self.zone).date()

    async def step(self, kind: str, variety: int) -> None:
        """Do one thing: `variety` says to what, and how."""
        if kind == "wait":
            self.now += variety * 5 * HOUR
        elif kind == "link":
            await self._make(variety)
        elif kind in {"fetch", "open"} and self.links:
            await self._see(kind, self.links[variety % len(self.links)])
        elif kind == "book":
            await self._book(variety)
        elif self.bookings:
            [booking] = await read_bookings(
                self.store, WORKSPACE, [self.bookings[variety % len(self.bookings)]]
            )
            await self._change(kind, booking, variety)

    async def _make(self, variety: int) -> None:
        link = a_link(
            created_at=self.now,
            created_by=HOSTS[variety % 3],
            email=EMAILS[variety % len(EMAILS)],
            event_type="event-type" if variety % 2 else None,
            channel=("api", "extension")[variety % 2],
            on_cancel="reactivate",
            expires_at=None,
        )
        await create_links(
            await read(self.store),
            [link],
            [an_event("link.created", link=link.id, at=self.now)],
            created=self.now * 10**6 + len(self.links),
            day=self.day(self.now),
            operation=None,
            kept=None,
        )
        self.links.append(link.id)

    async def _see(self, kind: str, link_id: str) -> None:
        if kind == "fetch":
            await read(self.store, link=link_id, fetched_at=self.now)
            return
        [link] = await read_links(self.store, WORKSPACE, [link_id])
        event = an_event("link.opened", link=link_id, at=self.now)
        await open_link(self.store, WORKSPACE, link, event, self.now)

    async def _book(self, variety: int) -> None:
        """By a link, or by the general link; of a master page with two places, or of a page."""
        by = self.links[variety % len(self.links)] if self.links and variety % 3 else None
        users = [HOSTS[variety % 3], HOSTS[(variety + 1) % 3]] if variety % 2 else [HOSTS[variety % 3]]
        places = [[place] for place in range(len(users))]
        booking = a_booking(
            link=by,
            page="master" if variety % 2 else "page",
            users=users,
            start=self.now + (1 + len(self.bookings)) * 7 * HOUR,
            data=a_booking_data(created_at=self.now, email=EMAILS[variety % 2], manage="x"),
        )
        snapshot = await read(self.store, link=by)
        answer = await book(
            snapshot,
            booking,
            snapshot.link,
            candidates=users,
            places=places,
            limits=[[] for _ in users],
            now=self.now,
            day=self.day(self.now),
            event=an_event("booking.scheduled", booking=booking.id, link=by, at=self.now, by="customer"),
            operation=None,
            kept=None,
            orders=[Order("round_robin", [user], [3]) for user in users] if variety % 2 else None,
            pages=[f"page-of-{user}" for user in users] if variety % 2 else None,
            seed="seed",
        )
        if answer.code.name == "OK":
            self.bookings.append(booking.id)

    async def _change(self, kind: str, booking: Booking, variety: int) -> None:
        now, day, store = self.now, self.day(self.now), self.store
        is_live = booking.status in {"scheduled", "rescheduled"}
        event = an_event(f"booking.{kind}", booking=booking.id, at=now, by=("customer", "user")[variety % 2])  # type: ignore[arg-type]
        if kind == "rescheduled" and is_live and booking.start > now:
            slot = slot_of(booking, by=(variety % 5 + 1) * 11 * HOUR)
            event = msgspec.structs.replace(event, start=slot.start, was=booking.start)
            await reschedule_booking(
                await read(store),
                booking,
                slot,
                limits=[[] for _ in booking.users],
                moved=None,
                event=event,
                day=day,
            )
        elif kind == "reassigned" and is_live and booking.pages:
            await self._hand(booking, event)
        elif kind == "cancelled" and is_live and now < booking.end:
            if variety % 4 == 3:
                event = msgspec.structs.replace(event, channel="google")
            await cancel_booking(store, WORKSPACE, booking, event, now, day)
        elif kind == "no_show" and is_live and booking.start <= now:
            await record_no_show(store, WORKSPACE, booking, event, day)
        elif kind == "no_show_undone" and booking.status == "no_show":
            await undo_no_show(store, WORKSPACE, booking, event, now, self.day(booking.end))
        elif kind == "completed" and is_live:
            self.now = max(now, booking.end)
            await say_completed(store, WORKSPACE, booking, event, self.now, self.day(booking.end))

    async def _hand(self, booking: Booking, event: object) -> None:
        [free] = set(HOSTS) - set(booking.users)
        gave = booking.users[0]
        users = [free, *booking.users[1:]]
        event = msgspec.structs.replace(event, gave=gave, took=free)  # type: ignore[type-var]
        await reassign_booking(
            await read(self.store),
            booking,
            users=users,
            pages=[f"page-of-{user}" for user in users],
            limits=[],
            event=event,  # type: ignore[arg-type]
            now=self.now,
        )


ACTS = (
    *("wait", "link", "fetch", "open", "book", "rescheduled", "reassigned", "cancelled"),
    *("no_show", "no_show_undone", "completed"),
)
MONTH_ENDS = 30 * DAY
