"""Plan the jobs that follow from an event, with the records as they are now."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from admitone.domain.jobs.job import Timer, job_of_work
from admitone.domain.jobs.job_plan import Facts, plan
from admitone.request_id import current
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.store.records.workflows.runs import runs_at_booking
from admitone.usecases.shared.published_workflows import TRIGGERS, read_triggers
from admitone.usecases.webhooks.webhook_list import WEBHOOKS, read_webhooks

if TYPE_CHECKING:
    from admitone.domain.event import Event
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services

MOVING = {"booking.rescheduled", "booking.cancelled"}
"""Events after which a run that waits for the booking waits for another time, or stops."""


async def plan_jobs(
    services: Services, workspace: str, event: Event, entry: str
) -> tuple[list[Job], list[Timer]]:
    """The jobs that run now and the timers that run later; `entry` is the id of the event's outbox entry."""
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
        link=snapshot.link,
        webhooks=await read_webhooks(snapshot),
        triggers=await read_triggers(snapshot),
        waiting_runs=waiting,
    )
    jobs, timers = [], []
    for planned in plan(event, facts):
        if isinstance(planned, Timer):
            timers.append(planned)
        else:
            jobs.append(job_of_work(planned, workspace, event, entry, current()))
    return jobs, timers


async def _waiting_runs(services: Services, workspace: str, event: Event) -> list[str]:
    if event.booking is None or event.type not in MOVING:
        return []
    return await runs_at_booking(services.store, workspace, event.booking)
