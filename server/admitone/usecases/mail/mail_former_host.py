"""The job `mail.former_host`: tell a host that a booking was given to another, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.mail.message import Mailbox
from admitone.usecases.mail.mail_about import host_values, read_about
from admitone.usecases.mail.mail_compose import compose, withdrawn
from admitone.usecases.mail.mail_deliver import Mailing, deliver

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.people.user import User
    from admitone.usecases.shared.services import Services


async def mail_former_host(services: Services, job: Job) -> None:
    """Tell whose place it was, unless they gave it away themselves, have it back, or are not there any more.

    Raises JobDelayed and JobFailed.
    """
    event = job.event
    if event.booking is None or event.gave in {None, event.by}:
        return
    about = await read_about(services, job.workspace, event.booking, event)
    if about is None or event.gave in about.booking.users:
        return
    former: User | None
    [former] = await about.managed.snapshot.load(("user", event.gave or ""))
    if former is None or not former.active:
        return
    message = await compose(
        services,
        about,
        "host_reassigned",
        host_values(services, about, event, former),
        mail=job.id,
        to=Mailbox(former.email, former.name),
        calendar=await withdrawn(services, about, event, (former.name, former.email)),
    )
    await deliver(services, Mailing(job.workspace, job.id, about.booking.users[0], message))
