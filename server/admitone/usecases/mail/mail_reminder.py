"""The job `mail.reminder`: remind the customer some minutes before the start, which is the job's detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import LIVE
from admitone.domain.jobs.job import JobNotDue, job_id
from admitone.domain.mail.kinds import reminders_for
from admitone.mail.message import Mailbox
from admitone.usecases.mail.mail_about import customer_values, read_about
from admitone.usecases.mail.mail_compose import compose
from admitone.usecases.mail.mail_deliver import Mailing, deliver

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services

MINUTE = 60


async def mail_reminder(services: Services, job: Job) -> None:
    """Remind of the booking as it is now, once for each start that it has had.

    Nothing is sent once the booking has begun or was cancelled, or the settings have this reminder no more.

    Raises JobNotDue where the booking was moved to later, JobDelayed and JobFailed.
    """
    event = job.event
    if event.booking is None:
        return
    about = await read_about(services, job.workspace, event.booking, event)
    if about is None or about.booking.status not in LIVE or about.booking.start <= services.now():
        return
    booking, minutes = about.booking, int(job.detail)
    if minutes not in reminders_for(about.settings, about.managed.event_type):
        return
    if services.now() < (due := booking.start - minutes * MINUTE):
        raise JobNotDue(due)
    mail = job_id(job.id, str(booking.start))
    values = customer_values(services, about, event)
    to = Mailbox(booking.data.email, booking.data.name)
    message = await compose(services, about, "reminder", values, mail=mail, to=to)
    await deliver(services, Mailing(job.workspace, mail, booking.users[0], message))
