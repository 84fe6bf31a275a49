"""What follows from an event: a pure function of it and of the records as they are when it is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.booking import LIVE, Booking
from admitone.domain.job import Timer, Work
from admitone.domain.link import Link
from admitone.domain.user import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admitone.domain.event import Event


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked at when planning; the booking and the link are those that the event names."""

    settings: Settings | None = None
    booking: Booking | None = None
    link: Link | None = None


def plan(event: Event, facts: Facts) -> list[Work | Timer]:
    """The jobs that follow from `event`, each with retries of its own."""
    return [planned for planner in PLANNERS for planned in planner(event, facts)]


def _ends(event: Event, facts: Facts) -> Iterator[Work | Timer]:
    """A booking completes by itself, and a link expires by itself."""
    booking, link = facts.booking, facts.link
    if event.type in {"booking.scheduled", "booking.rescheduled"} and booking and booking.status in LIVE:
        yield Timer("booking.complete", "booking", booking.id, booking.end)
    if event.type in {"link.created", "link.updated", "link.reactivated"} and link and link.expires_at:
        yield Timer("link.expire", "link", link.id, link.expires_at)


def _calendar(event: Event, facts: Facts) -> Iterator[Work | Timer]:
    """The host's calendar shows the booking, and is read where the workspace wants that."""
    if event.type in {"booking.scheduled", "booking.rescheduled", "booking.cancelled"}:
        yield Work("calendar.write")
    if event.record == "settings:-" and facts.settings and facts.settings.calendar_sync:
        yield Work("calendar.sync_start")


PLANNERS = (_ends, _calendar)
"""Each tells what its part of Admit One makes of an event: `(event, facts) -> Iterator[Work | Timer]`."""
