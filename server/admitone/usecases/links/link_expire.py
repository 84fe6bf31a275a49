"""The job `link.expire`: announce that links have expired, in the activity stream and to webhooks.

Each workspace has one timer, at the next expiry of a link that is neither booked nor revoked.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from admitone.domain.event import Event
from admitone.domain.jobs.job import JobNotDue
from admitone.store.records.link_indexes import next_expiry
from admitone.store.records.links import say_expired
from admitone.store.records.readers import read_links
from admitone.usecases.shared.index_walk import walk_index

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.links.link import Link
    from admitone.usecases.shared.services import Services


async def expire_links(services: Services, job: Job) -> None:
    """Announce all links of the job's workspace that have expired by now, some at a time.

    Raises JobNotDue with the next expiry. Timers of single links, which schema 5 had, may still be in the
    outbox: such a job names a link, and is not repeated.
    """
    store, workspace, now = services.store, job.workspace, services.now()
    async for ids in walk_index(store, store.keys(workspace).expiring_links, high=now):
        links = await read_links(store, workspace, ids)
        await asyncio.gather(*(_announce(services, workspace, link, now) for link in links))
    following = await next_expiry(store, workspace, now)
    if following is not None and job.event.link is None:
        raise JobNotDue(following)


async def _announce(services: Services, workspace: str, link: Link, now: int) -> None:
    if link.expires_at is None or link.expires_at > now:  # it was changed since the list was read
        return
    event = Event(type="link.expired", at=link.expires_at, by="system", link=link.id, page=link.page)
    await say_expired(services.store, workspace, link.id, event, expires=link.expires_at, now=now)
