"""The job `mail.hosts`: tell each host of a booking what became of it, but for whoever did it.

Of a booking that was given to another host, that one; `mail.former_host` tells whose it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.jobs.job import JobDelayed, JobFailed, job_id
from admitone.domain.mail.kinds import mail_after
from admitone.mail.message import Mailbox
from admitone.store.records.readers import read_histories
from admitone.usecases.mail.mail_about import host_values, read_about
from admitone.usecases.mail.mail_compose import compose
from admitone.usecases.mail.mail_customer import is_moot
from admitone.usecases.mail.mail_deliver import Mailing, deliver

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.mail.kinds import MailKind
    from admitone.domain.people.user import User
    from admitone.usecases.mail.mail_about import About
    from admitone.usecases.shared.services import Services


async def mail_hosts(services: Services, job: Job) -> None:
    """One mail to each, which is sent once however often the job runs; raises JobDelayed, JobFailed.

    A mail that cannot be sent keeps none of the others back.
    """
    event, kind = job.event, mail_after(job.event.type, "hosts")
    if event.booking is None or kind is None:
        return
    about = await read_about(services, job.workspace, event.booking, event)
    if about is None or is_moot(event, about.booking):
        return
    failures: list[JobDelayed | JobFailed] = []
    for user in await _told(services, job, about):
        try:
            await _mail_host(services, job, about, kind, user)
        except (JobDelayed, JobFailed) as failure:
            failures.append(failure)
    if failures:
        raise next((failure for failure in failures if isinstance(failure, JobDelayed)), failures[0])


async def _told(services: Services, job: Job, about: About) -> list[User]:
    """Whom this event's mails go to; who took the booking over is told by that event, and by no other."""
    event, hosts = job.event, [user for user in about.hosts if user is not None]
    takers: set[str | None] = set()
    if event.type == "booking.scheduled" and about.booking.assignment:
        key = services.store.keys(job.workspace).booking_history(about.booking.id)
        [history] = await read_histories(services.store, key)
        takers = {happened.took for happened in history}
    return [
        user
        for user in hosts
        if user.id != event.by and user.id not in takers and event.took in {None, user.id}
    ]


async def _mail_host(services: Services, job: Job, about: About, kind: MailKind, user: User) -> None:
    mail = job_id(job.id, user.id)
    values = host_values(services, about, job.event, user)
    message = await compose(services, about, kind, values, mail=mail, to=Mailbox(user.email, user.name))
    await deliver(services, Mailing(job.workspace, mail, about.booking.users[0], message))
