"""Announce that a link has expired: in its history, the activity stream and webhooks."""

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
    """Announce it for the job's link, unless the link was booked or revoked, or never expires now.

    Raises JobNotDue if the link expires later than the job assumed.
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
