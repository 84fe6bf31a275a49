"""A user's calendar feed: an address at which programs read the user's bookings (RFC 5545, RFC 7986)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
from icalendar import Calendar, Event, Timezone, TimezoneStandard

from admitone.domain.calendar.calendar_file import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Sequence

REFRESH = timedelta(hours=1)
"""How long a program waits, as we ask it to, until it reads the feed again."""


class CalendarFeed(msgspec.Struct, frozen=True, kw_only=True):
    """The feed of one user, who gives it its `id`; `created_at` is in epoch seconds."""

    id: str
    created_at: int
    address: str
    """Tells the token (domain/tokens.py)."""
    token: str
    """The token, sealed, so that its user can read it again."""
    epoch: int
    """The user's when the feed got its token: the feed ends when that ends."""
    details: bool = False
    """Whether the feed tells what is booked and by whom; otherwise, when its user is busy."""


class FeedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One booking in a feed; times are epoch seconds, `place` and what follows are empty without details."""

    booking: str
    start: int
    end: int
    title: str
    sequence: int = 0
    place: str = ""
    description: str = ""
    url: str = ""


def feed_file(name: str, events: Sequence[FeedEvent], now: int) -> bytes:
    """The file of a feed that is called `name`.

    A calendar needs a component (RFC 5545, 3.6), so that one without events has its time zone, too. Older
    programs read name and pace from properties of their own.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(_utc_zone())
    for event in events:
        calendar.add_component(_event(event, now))
    return bytes(calendar.to_ical())


def _event(booked: FeedEvent, now: int) -> Event:
    event = Event()
    event.add("uid", f"{booked.booking}@admitone")
    event.add("sequence", booked.sequence)
    event.add("dtstamp", _utc(now))
    event.add("dtstart", _utc(booked.start))
    event.add("dtend", _utc(booked.end))
    event.add("status", "CONFIRMED")
    event.add("summary", booked.title)
    for field, text in (("location", booked.place), ("description", booked.description), ("url", booked.url)):
        if text:
            event.add(field, text)
    return event


def _utc_zone() -> Timezone:
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - local time, as the property demands
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone = Timezone()
    zone.add("tzid", "Etc/UTC")
    zone.add_component(standard)
    return zone


def _utc(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
