"""Writes the steps of the stories by the scripts that write everything else, so that all counters are right.

Their events reach no worker: nobody gets mail, and no calendar is written. What is still to come, the end of
a booking and the expiry of a link, has its timer.
"""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.commands.demo_history.record import Records, link_event, time_at
from admitone.commands.demo_history.steps import Kind, Step
from admitone.commands.demo_history.story import LinkStory, Story
from admitone.domain.availability.zones import date_at
from admitone.domain.bookings.booking import LIVE, Booking
from admitone.domain.jobs.job import Timer
from admitone.domain.jobs.job_plan import Facts, plan
from admitone.domain.links.link import Link
from admitone.store.keys import WorkspaceKeys
from admitone.store.records.book import Order, book
from admitone.store.records.bookings import cancel_booking, record_no_show, reschedule_booking, say_completed
from admitone.store.records.configuration.snapshot import Snapshot, Wanted, read_snapshot, remembered_snapshot
from admitone.store.records.links import create_links, open_link, revoke_link, say_expired
from admitone.store.records.readers import read_bookings, read_links
from admitone.store.redis.coalescer import Command
from admitone.store.store import Store
from admitone.usecases.bookings.booking_event import booking_event

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from admitone.commands.demo_history.site import Site
    from admitone.commands.demo_history.story import Year
    from admitone.domain.event import Event

MICROSECONDS = 1_000_000


class SilentStore(Store):
    """A store, except that events go to an outbox which no worker reads; it shares all else with `store`."""

    def __init__(self, store: Store, workspace: str) -> None:
        self.__dict__.update(store.__dict__)
        self.silent = WorkspaceKeys(workspace, store.partitions)
        self.silent.jobs = f"{self.silent.demo}:jobs"
        self.silent.shared = {**self.silent.shared, "jobs": self.silent.jobs}

    def keys(self, workspace: str) -> WorkspaceKeys:
        """The keys of the one workspace that is written to."""
        return self.silent


class Writer:
    """Writes steps of one site's stories."""

    def __init__(self, store: Store, site: Site, year: Year) -> None:
        self._store = SilentStore(store, site.workspace)
        self._site = site
        self._year = year
        self._records = Records(site, store.sealer)
        self._timers: dict[str, int] = {}
        self._writers: Mapping[Kind, Callable[[_Item], Awaitable[object]]] = {
            Kind.MAKE: self._make,
            Kind.FETCH: self._fetch,
            Kind.OPEN: self._open,
            Kind.BOOK: self._book,
            Kind.MOVE: self._move,
            Kind.CANCEL: self._cancel,
            Kind.COMPLETE: self._complete,
            Kind.NO_SHOW: self._no_show,
            Kind.REVOKE: self._revoke,
            Kind.EXPIRE: self._expire,
        }

    async def write(self, steps: Sequence[Step], told: Mapping[int, Story]) -> None:
        """Write one window of steps, of stories by their numbers.

        Written again, it changes nothing more, but for counts of fetches. Raises Busy, OutcomeUnknown.
        """
        keys = self._store.keys(self._site.workspace)
        for kind in Kind:
            chosen = [step for step in steps if step[1] is kind]
            items = await self._items(kind, chosen, told)
            answers = await asyncio.gather(
                *(self._writers[kind](item) for item in items), return_exceptions=True
            )
            for error in answers:
                if isinstance(error, BaseException):
                    raise error
        timers = [("ZADD", keys.delayed, "LT", at, text) for text, at in self._timers.items()]
        await self._store.send(*(Command(timer) for timer in timers), Command(("DEL", keys.jobs)))
        self._timers.clear()

    async def _items(self, kind: Kind, steps: Sequence[Step], told: Mapping[int, Story]) -> list[_Item]:
        """The steps with their stories, and with the links or bookings that they change as these are now."""
        items = [_Item(at, told[number], place) for at, _, number, place in steps]
        if kind in {Kind.OPEN, Kind.BOOK}:
            return await self._with_links(items)
        if kind in {Kind.MOVE, Kind.CANCEL, Kind.COMPLETE, Kind.NO_SHOW}:
            return await self._with_bookings(items)
        return items

    async def _with_links(self, items: Sequence[_Item]) -> list[_Item]:
        """The steps; those of bookings by a general link have none."""
        ids = [self._link(item).id for item in items if item.told]
        found = await read_links(self._store, self._site.workspace, ids) if ids else []
        by_id = {link.id: link for link in found}
        return [
            msgspec.structs.replace(item, link=by_id[self._link(item).id]) if item.told else item
            for item in items
        ]

    async def _with_bookings(self, items: Sequence[_Item]) -> list[_Item]:
        """The steps whose bookings are live."""
        ids = [self._records.booking_id(item.story) for item in items]
        found = await read_bookings(self._store, self._site.workspace, ids) if ids else []
        by_id = {booking.id: booking for booking in found if booking.status in LIVE}
        return [
            msgspec.structs.replace(item, booking=by_id[named])
            for item, named in zip(items, ids, strict=True)
            if named in by_id
        ]

    async def _make(self, item: _Item) -> None:
        link = self._link(item)
        event = link_event("link.created", link, item.at, link.created_by)
        created = item.at * MICROSECONDS + item.story.number
        await create_links(
            self._snapshot(), [link], [event], created=created, day=self._day(item), operation=None, kept=None
        )
        told = self._told(item)
        if item.place > 0 and told.revoked is None and told.expires > self._year.now:
            self._plan(event, Facts(link=link))

    async def _fetch(self, item: _Item) -> None:
        wanted = Wanted(link=self._link(item).id, fetched_at=item.at)
        await read_snapshot(self._store, self._site.workspace, wanted)

    async def _open(self, item: _Item) -> None:
        if (link := item.link) is not None:
            event = link_event("link.opened", link, item.at, "customer")
            await open_link(self._store, self._site.workspace, link, event, item.at)

    async def _book(self, item: _Item) -> None:
        booking, place = self._records.booking(item.story), self._site.places[item.story.page]
        event = booking_event("booking.scheduled", booking, at=item.at, by="customer", start=booking.start)
        order = Order("round_robin", place.hosts, [0] * len(place.hosts))
        await book(
            self._snapshot(),
            booking,
            item.link,
            candidates=place.hosts,
            places=[range(len(place.hosts))],
            limits=[[] for _ in place.hosts],
            now=item.at,
            day=self._day(item),
            event=event,
            operation=None,
            kept=None,
            orders=[order] if place.pages else None,
            pages=place.pages or None,
            seed=booking.id,
        )
        self._plan_end(event, booking, item.story)

    async def _move(self, item: _Item) -> None:
        booking, moved = item.booking, item.story.moved
        if booking is None or moved is None or booking.reschedules:
            return
        details = {"start": moved[1], "was": booking.start}
        event = booking_event("booking.rescheduled", booking, at=item.at, by="customer", **details)
        time = time_at(booking, moved[1])
        await reschedule_booking(
            self._snapshot(), booking, time, limits=[[]], moved=[item.at], event=event, day=self._day(item)
        )
        self._plan_end(event, msgspec.structs.replace(booking, start=time.start, end=time.end), item.story)

    async def _cancel(self, item: _Item) -> None:
        booking, cancelled = item.booking, item.story.cancelled
        if booking is not None and cancelled is not None:
            by = booking.users[0] if cancelled[1] == "host" else "customer"
            event = booking_event("booking.cancelled", booking, at=item.at, by=by, start=booking.start)
            await cancel_booking(self._store, self._site.workspace, booking, event, item.at, self._day(item))

    async def _complete(self, item: _Item) -> None:
        if (booking := item.booking) is not None:
            event = booking_event("booking.completed", booking, at=item.at, by="system")
            await say_completed(self._store, self._site.workspace, booking, event, item.at, self._day(item))

    async def _no_show(self, item: _Item) -> None:
        if (booking := item.booking) is not None:
            event = booking_event("booking.no_show", booking, at=item.at, by=booking.users[0])
            await record_no_show(self._store, self._site.workspace, booking, event, self._day(item))

    async def _revoke(self, item: _Item) -> None:
        link = self._link(item)
        event = link_event("link.revoked", link, item.at, link.created_by)
        await revoke_link(self._store, self._site.workspace, link.id, event, item.at)

    async def _expire(self, item: _Item) -> None:
        link = self._link(item)
        event = link_event("link.expired", link, item.at, "system")
        await say_expired(self._store, self._site.workspace, link.id, event, expires=item.at, now=item.at)

    def _link(self, item: _Item) -> Link:
        return self._records.link(self._told(item))

    def _told(self, item: _Item) -> LinkStory:
        assert item.told is not None
        return item.told

    def _day(self, item: _Item) -> date:
        """The day under which reports count the step."""
        return date.fromordinal(date_at(self._site.zone, item.at))

    def _snapshot(self) -> Snapshot:
        """One that compares no configuration: whatever has changed, the stories stay as they are."""
        return remembered_snapshot(self._store, self._site.workspace)

    def _plan_end(self, event: Event, booking: Booking, told: Story) -> None:
        if told.cancelled is None and told.completed is None:
            self._plan(event, Facts(booking=booking))

    def _plan(self, event: Event, facts: Facts) -> None:
        """Keep the timers that follow from an event."""
        for planned in plan(event, facts):
            if isinstance(planned, Timer):
                text = planned.text(self._site.workspace)
                self._timers[text] = min(planned.at, self._timers.get(text, planned.at))


class _Item(msgspec.Struct, frozen=True):
    """One step with what it is about."""

    at: int
    story: Story
    place: int
    link: Link | None = None
    booking: Booking | None = None

    @property
    def told(self) -> LinkStory | None:
        """The link of the step, None for a booking by a general link."""
        return self.story.link if self.place == 0 else self.story.other_links[self.place - 1]
