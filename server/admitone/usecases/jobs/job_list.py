"""List the jobs that failed for good, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.event import Event
from admitone.domain.instant import Instant
from admitone.domain.jobs.job import Job, job_of_timer
from admitone.store.keys import parked
from admitone.store.outbox.parked import Parked, count_parked, read_parked
from admitone.texts.kept_message import restore
from admitone.usecases.shared.listing import Listing, filtered_listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.usecases.shared.listing import ListQuery
    from admitone.usecases.shared.services import Caller, Services


class JobView(msgspec.Struct, frozen=True, kw_only=True):
    """A parked job: what it was to do, why it failed, and the booking and link that it is about."""

    id: str
    name: str
    cause: str
    attempts: int
    parked_at: Instant
    booking: str | None = None
    link: str | None = None


async def list_jobs(services: Services, caller: Caller, query: ListQuery) -> Listing[JobView]:
    """One page of the workspace's parked jobs; raises Invalid for a bad cursor."""
    store, workspace = services.store, caller.workspace
    found = await filtered_listing(
        store,
        parked(store.keys(workspace).partition, workspace).times,
        cursor=query.cursor,
        limit=query.limit,
        newest_first=True,
        read=lambda ids: read_parked(store, workspace, ids),
        matches=lambda _: True,
    )
    return Listing([view_job(record) for record in found.items], found.next_cursor)


async def count_jobs(services: Services, caller: Caller) -> int:
    """How many of the workspace's jobs are parked."""
    return await count_parked(services.store, caller.workspace)


def view_job(record: Parked) -> JobView:
    """The view of a parked job, or of a parked entry that could not be read."""
    name, event = _about(record.fields)
    return JobView(
        id=record.id,
        name=name,
        cause=restore(record.cause, record.said),
        attempts=record.attempts,
        parked_at=Instant(record.at),
        booking=event.booking if event else None,
        link=event.link if event else None,
    )


def _about(fields: Mapping[str, str]) -> tuple[str, Event | None]:
    text = fields.get("job")
    try:
        if text is None:
            return "plan", msgspec.json.decode(fields["event"], type=Event)
        job = msgspec.json.decode(text, type=Job) if text.startswith("{") else job_of_timer(text, 0)
    except (KeyError, ValueError):
        return "unreadable", None
    return job.name, job.event
