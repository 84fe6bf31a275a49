"""The job `mail.hosts`: tell each host of a booking about a change, except the host who made it.

If a booking was given to another host, this job tells the new one; `mail.former_host` tells the previous one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.jobs.job import JobDelayed, JobFailed, job_id
from admitone.domain.mail.kinds import mail_after
from admitone.store.records.readers import read_histories
from admitone.usecases.mail.mail_compose import google_tells
from admitone.usecases.mail.mail_context import read_mail_context
from admitone.usecases.mail.mail_customer import is_moot
from admitone.usecases.mail.mail_send import send_to_host

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.people.user import User
    from admitone.usecases.mail.mail_context import MailContext
    from admitone.usecases.shared.services import Services


async def mail_hosts(services: Services, job: Job) -> None:
    """Send one mail to each host, once, even if the job runs again; raises JobDelayed, JobFailed.

    A mail that cannot be sent does not stop the others.
    """
    event, kind = job.event, mail_after(job.event.type, "hosts")
    if event.booking is None or kind is None:
        return
    context = await read_mail_context(services, job.workspace, event.booking, event)
    if context is None or is_moot(event, context.booking):
        return
    failures: list[JobDelayed | JobFailed] = []
    for user in await _recipients(services, job, context):
        try:
            await send_to_host(services, job, context, kind, user, mail=job_id(job.id, user.id))
        except (JobDelayed, JobFailed) as failure:
            failures.append(failure)
    if failures:
        raise next((failure for failure in failures if isinstance(failure, JobDelayed)), failures[0])


async def _recipients(services: Services, job: Job, context: MailContext) -> list[User]:
    """The hosts who get a mail about this event: those whom Google does not tell, if that is enough.

    A host who took the booking over gets a mail for that event only.
    """
    event, hosts = job.event, [user for user in context.hosts if user is not None]
    takers: set[str | None] = set()
    if event.type == "booking.scheduled" and context.booking.assignment:
        key = services.store.keys(job.workspace).booking_history(context.booking.id)
        [history] = await read_histories(services.store, key)
        takers = {happened.took for happened in history}
    organiser = context.booking.users[0]
    return [
        user
        for user in hosts
        if user.id != event.by
        and user.id not in takers
        and event.took in {None, user.id}
        and not await google_tells(services, context, user.id, organiser)
    ]
