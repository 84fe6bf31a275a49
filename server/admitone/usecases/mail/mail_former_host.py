"""The job `mail.former_host`: tell a host that their booking was given to another host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.mail.mail_compose import withdrawn
from admitone.usecases.mail.mail_context import read_mail_context
from admitone.usecases.mail.mail_send import send_to_host

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.people.user import User
    from admitone.usecases.shared.services import Services


async def mail_former_host(services: Services, job: Job) -> None:
    """Tell the previous host, unless they gave the booking away, have it again, or are deactivated.

    Raises JobDelayed and JobFailed.
    """
    event = job.event
    if event.booking is None or event.gave in {None, event.by}:
        return
    context = await read_mail_context(services, job.workspace, event.booking, event)
    if context is None or event.gave in context.booking.users:
        return
    former: User | None
    [former] = await context.managed.snapshot.load(("user", event.gave or ""))
    if former is None or not former.active:
        return
    calendar = await withdrawn(services, context, event, (former.name, former.email))
    await send_to_host(services, job, context, "host_reassigned", former, mail=job.id, calendar=calendar)
