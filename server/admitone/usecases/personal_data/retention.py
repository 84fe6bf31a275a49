"""The job `retention.run`: once a day, erase bookings and links that ended long enough ago.

It reads the lists by time in small parts and erases each record by one script, so it may be interrupted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from admitone.domain.jobs.job import JobNotDue
from admitone.domain.people.retention import kept_since, link_end
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.store.records.readers import read_bookings, read_links
from admitone.usecases.personal_data.record_erase import erase_booking, erase_link
from admitone.usecases.shared.index_walk import walk_index

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.links.link import Link
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()
DAY = 86_400


async def run_retention(services: Services, job: Job) -> None:
    """Erase what is no longer kept; again after a day, until the setting is off. Raises JobNotDue."""
    snapshot = await read_snapshot(services.store, job.workspace, Wanted(records=(SETTINGS,)))
    months = (await snapshot.settings()).retention_months
    if months is None:
        return
    since = kept_since(months, services.now())
    bookings = await _erase_bookings(services, job.workspace, since)
    links = await _erase_links(services, job.workspace, since)
    if bookings or links:
        log.info("retention", bookings=bookings, links=links)
    raise JobNotDue(services.now() + DAY)


async def _erase_bookings(services: Services, workspace: str, since: int) -> int:
    erased, store = 0, services.store
    async for ids in walk_index(store, store.keys(workspace).bookings, high=since):
        for booking in await read_bookings(store, workspace, ids):
            if booking.end <= since:
                erased += await erase_booking(services, workspace, booking, before=since)
    return erased


async def _erase_links(services: Services, workspace: str, since: int) -> int:
    erased, store = 0, services.store
    async for ids in walk_index(store, store.keys(workspace).links):
        for link in await read_links(store, workspace, ids):
            if link.created_at > since:  # so are all that follow
                return erased
            if await _has_ended(services, workspace, link, since):
                erased += await erase_link(services, workspace, link)
    return erased


async def _has_ended(services: Services, workspace: str, link: Link, since: int) -> bool:
    bookings = await read_bookings(services.store, workspace, link.bookings) if link.bookings else []
    end = link_end(link, bookings)
    return end is not None and end <= since and all(booking.end <= since for booking in bookings)
