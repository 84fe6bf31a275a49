"""What calendar programs read at the address of a feed (docs/calendar-feed.md)."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.budgets import DAY, FEED_REQUESTS
from admitone.domain.calendar.calendar_feed import CalendarFeed, FeedEvent, feed_file
from admitone.domain.errors import NotFound, TooManyRequests
from admitone.domain.people.reader import reader_for
from admitone.store.records.calendar_feeds import read_feed
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.store.records.readers import read_bookings
from admitone.texts.message import message
from admitone.usecases.calendar_feed.own_feed import FEED, feed_address
from admitone.usecases.shared.booking_view import booking_url

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.people.user import User
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.store.records.readers import OccupiedTime
    from admitone.texts.translator import Translator
    from admitone.usecases.shared.services import Services

DAYS_BACK = 30
MOST = 500
"""Bookings in one feed, the earliest ones."""
BUSY = message("Busy")


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed has now. `etag` changes with its name and its events, and with nothing else."""

    name: str
    events: Sequence[FeedEvent]
    etag: str
    now: int

    async def draw(self) -> bytes:
        """The file, drawn in a thread: 500 events take a third of a second."""
        return await asyncio.to_thread(feed_file, self.name, self.events, self.now)


async def read_feed_at(services: Services, text: str) -> Feed:
    """The feed of a token: its user's live bookings since 30 days ago.

    Raises NotFound, also if the feed has ended with its user's credentials, and TooManyRequests.
    """
    snapshot, feed, user = await _open(services, text)
    now, period = services.now(), FEED_REQUESTS.period
    requests, times = await read_feed(
        services.store, snapshot.workspace, user.id, since=now - DAYS_BACK * DAY, most=MOST, now=now
    )
    if requests > FEED_REQUESTS.most:
        raise TooManyRequests(period - now % period)
    texts = reader_for([], (await snapshot.settings()).locale, "dashboard").texts
    name = texts.say(message("Bookings of %(name)s", name=user.name))
    events = await _detailed(services, snapshot, texts, times) if feed.details else _busy(texts, times)
    digest = hashlib.sha256(msgspec.json.encode((name, events))).hexdigest()
    return Feed(name=name, events=events, etag=digest[:32], now=now)


async def _open(services: Services, text: str) -> tuple[Snapshot, CalendarFeed, User]:
    token = tokens.normalise(text, tokens.FEED_LENGTH)
    if token is None:
        raise NotFound
    workspace = token[: tokens.WORKSPACE_LENGTH]
    named = token[tokens.WORKSPACE_LENGTH :][: tokens.RECORD_LENGTH].lower()
    wanted = Wanted(records=((FEED, named), ("user", named), SETTINGS))
    snapshot = await read_snapshot(services.store, workspace, wanted)
    feed: CalendarFeed | None = snapshot.find(FEED, named)
    user: User | None = snapshot.find("user", named)
    if feed is None or user is None or not user.accepts(feed.epoch):
        raise NotFound
    if not hmac.compare_digest(feed.address, feed_address(token)):
        raise NotFound
    return snapshot, feed, user


def _busy(texts: Translator, times: Sequence[OccupiedTime]) -> list[FeedEvent]:
    title = texts.say(BUSY)
    return [FeedEvent(booking=time.booking, start=time.start, end=time.end, title=title) for time in times]


async def _detailed(
    services: Services, snapshot: Snapshot, texts: Translator, times: Sequence[OccupiedTime]
) -> list[FeedEvent]:
    bookings = await read_bookings(services.store, snapshot.workspace, [time.booking for time in times])
    return [_told(services, texts, booking) for booking in bookings]


def _told(services: Services, texts: Translator, booking: Booking) -> FeedEvent:
    data = booking.data
    title = message("%(what)s: %(customer)s", what=data.event_type_name, customer=data.name)
    by = message("Booked by %(name)s (%(email)s)", name=data.name, email=data.email)
    return FeedEvent(
        booking=booking.id,
        start=booking.start,
        end=booking.end,
        title=texts.say(title),
        sequence=booking.sequence,
        place=booking.join_url or texts.say(booking.location.text()),
        description=texts.say(by),
        url=booking_url(services, booking),
    )
