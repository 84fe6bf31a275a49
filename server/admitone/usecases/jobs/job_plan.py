"""Plan the jobs that follow from an event, with the records as they are now."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.jobs.job import Job, Timer, job_of_work
from admitone.domain.jobs.job_plan import Facts, plan
from admitone.google.scopes import writes_events
from admitone.request_id import current
from admitone.store.records.configuration.snapshot import SETTINGS, Snapshot, Wanted, read_snapshot
from admitone.store.records.workflows.runs import runs_at_booking
from admitone.usecases.shared.google_connection import google_connection
from admitone.usecases.shared.published_workflows import TRIGGERS, read_triggers
from admitone.usecases.webhooks.webhook_list import WEBHOOKS, read_webhooks

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.usecases.shared.services import Services

MOVING = {"booking.rescheduled", "booking.cancelled"}
"""Events after which a run that waits for the booking waits for another time, or stops."""


class Planned(msgspec.Struct, frozen=True):
    """The jobs that run now, the timers that run later, and the records from which they follow."""

    jobs: list[Job]
    timers: list[Timer]
    snapshot: Snapshot


async def plan_jobs(services: Services, workspace: str, event: Event, entry: str) -> Planned:
    """What follows from the event now; `entry` is the id of its outbox entry."""
    wanted = Wanted(booking=event.booking, link=event.link, records=(SETTINGS, WEBHOOKS, TRIGGERS))
    snapshot, waiting = await asyncio.gather(
        read_snapshot(services.store, workspace, wanted), _waiting_runs(services, workspace, event)
    )
    booking = snapshot.booking
    [event_type] = await snapshot.load(("event_type", booking.event_type)) if booking else [None]
    facts = Facts(
        settings=await snapshot.settings(),
        booking=booking,
        event_type=event_type,
        has_calendar=booking is not None and await _has_calendar(services, workspace, booking),
        link=snapshot.link,
        webhooks=await read_webhooks(snapshot),
        triggers=await read_triggers(snapshot),
        waiting_runs=waiting,
    )
    jobs, timers = [], []
    for one in plan(event, facts):
        if isinstance(one, Timer):
            timers.append(one)
        else:
            jobs.append(job_of_work(one, workspace, event, entry, current()))
    return Planned(jobs, timers, snapshot)


async def _has_calendar(services: Services, workspace: str, booking: Booking) -> bool:
    """Whether the booking is, or is to be, in a calendar.

    If its host connects one later, `calendar.catch_up` writes all future bookings of that host.
    """
    if services.google is None:
        return False
    organiser = booking.users[0]
    return bool(booking.events) or (
        await google_connection(services, workspace, organiser, writes_events) is not None
    )


async def _waiting_runs(services: Services, workspace: str, event: Event) -> list[str]:
    if event.booking is None or event.type not in MOVING:
        return []
    return await runs_at_booking(services.store, workspace, event.booking)
