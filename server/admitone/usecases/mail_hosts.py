"""The job `mail.hosts`: tell each host of a booking what became of it, but for whoever did it.

Of a booking that was given to another host, that one; `mail.former_host` tells whose it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.job import JobDelayed, JobFailed, job_id
from admitone.mail.message import Mailbox
from admitone.usecases.mail_about import host_values, read_about
from admitone.usecases.mail_compose import compose
from admitone.usecases.mail_customer import is_moot
from admitone.usecases.mail_deliver import Mailing, deliver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.job import Job
    from admitone.domain.mail import MailKind
    from admitone.domain.user import User
    from admitone.usecases.mail_about import About
    from admitone.usecases.services import Services

KINDS: Mapping[str, MailKind] = {
    "booking.scheduled": "host_scheduled",
    "booking.rescheduled": "host_rescheduled",
    "booking.reassigned": "host_scheduled",
    "booking.cancelled": "host_cancelled",
}


async def mail_hosts(services: Services, job: Job) -> None:
    """One mail to each, which is sent once however often the job runs; raises JobDelayed, JobFailed.

    A mail that cannot be sent keeps none of the others back.
    """
    event, kind = job.event, KINDS.get(job.event.type)
    if event.booking is None or kind is None:
        return
    about = await read_about(services, job.workspace, event.booking, event)
    if about is None or is_moot(event, about.booking):
        return
    failures: list[JobDelayed | JobFailed] = []
    for user in about.hosts:
        if user is None or user.id == event.by or (event.took and user.id != event.took):
            continue
        try:
            await _mail_host(services, job, about, kind, user)
        except (JobDelayed, JobFailed) as failure:
            failures.append(failure)
    if failures:
        raise next((failure for failure in failures if isinstance(failure, JobDelayed)), failures[0])


async def _mail_host(services: Services, job: Job, about: About, kind: MailKind, user: User) -> None:
    mail = job_id(job.id, user.id)
    values = host_values(services, about, job.event, user)
    message = await compose(services, about, kind, values, mail=mail, to=Mailbox(user.email, user.name))
    await deliver(services, Mailing(job.workspace, mail, about.booking.users[0], message))
