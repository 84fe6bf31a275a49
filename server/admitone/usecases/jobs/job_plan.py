"""Plan what follows from an event: read what planning looks at, as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.jobs.job import Timer, job_of_work
from admitone.domain.jobs.job_plan import Facts, plan
from admitone.store.records.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.usecases.webhooks.webhook_list import WEBHOOKS, read_webhooks

if TYPE_CHECKING:
    from admitone.domain.event import Event
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services


async def plan_jobs(
    services: Services, workspace: str, event: Event, entry: str
) -> tuple[list[Job], list[Timer]]:
    """The jobs that run now and the timers that run later; `entry` is where the event stands."""
    wanted = Wanted(booking=event.booking, link=event.link, records=(SETTINGS, WEBHOOKS))
    snapshot = await read_snapshot(services.store, workspace, wanted)
    booking = snapshot.booking
    [event_type] = await snapshot.load(("event_type", booking.event_type)) if booking else [None]
    facts = Facts(
        settings=await snapshot.settings(),
        booking=booking,
        event_type=event_type,
        link=snapshot.link,
        webhooks=await read_webhooks(snapshot),
    )
    jobs, timers = [], []
    for planned in plan(event, facts):
        if isinstance(planned, Timer):
            timers.append(planned)
        else:
            jobs.append(job_of_work(planned, workspace, event, entry))
    return jobs, timers
