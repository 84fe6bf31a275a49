"""The reason of an event: the history of its booking keeps it, since the outbox holds ids only."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

import msgspec

from admitone.store.records.readers import read_histories

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from admitone.domain.event import Event, EventKind
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services

GIVEN_FOR: frozenset[EventKind] = frozenset(
    {"booking.cancelled", "booking.no_show", "booking.reassigned", "booking.rescheduled"}
)


def told_why(
    handle: Callable[[Services, Job], Awaitable[None]],
) -> Callable[[Services, Job], Awaitable[None]]:
    """The handler of a job, which gets the job's event with its reason."""

    @wraps(handle)
    async def handle_with_reason(services: Services, job: Job) -> None:
        event = await _with_reason(services, job.workspace, job.event)
        await handle(services, msgspec.structs.replace(job, event=event))

    return handle_with_reason


async def _with_reason(services: Services, workspace: str, event: Event) -> Event:
    """The event as the booking's history has it; unchanged if the history does not have it any more."""
    if event.booking is None or event.type not in GIVEN_FOR:
        return event
    key = services.store.keys(workspace).booking_history(event.booking)
    [history] = await read_histories(services.store, key)
    noted = (one for one in history if msgspec.structs.replace(one, reason=None) == event)
    return next(noted, event)
