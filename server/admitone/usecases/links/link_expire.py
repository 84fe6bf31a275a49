"""Say that a link has expired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.event import Event
from admitone.domain.jobs.job import JobNotDue
from admitone.store.records.links import say_expired
from admitone.store.records.readers import read_links

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services


async def expire_link(services: Services, job: Job) -> None:
    """The link that the job names, unless it came to another end; one that lasts longer by now waits.

    Raises JobNotDue.
    """
    assert job.event.link
    found = await read_links(services.store, job.workspace, [job.event.link])
    if not found or found[0].expires_at is None or found[0].booked or found[0].revoked_at is not None:
        return
    link, expires, now = found[0], found[0].expires_at, services.now()
    if expires > now:
        raise JobNotDue(expires)
    event = Event(type="link.expired", at=expires, by="system", link=link.id, page=link.page)
    await say_expired(services.store, job.workspace, link.id, event, expires=expires, now=now)
