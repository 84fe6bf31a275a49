"""The job `mail.reminder`: remind the customer; the job's detail is the minutes before the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.booking import LIVE
from admitone.domain.jobs.job import JobNotDue, job_id
from admitone.domain.mail.kinds import reminders_for
from admitone.usecases.mail.mail_context import read_mail_context
from admitone.usecases.mail.mail_send import send_to_customer

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services

MINUTE = 60


async def mail_reminder(services: Services, job: Job) -> None:
    """Send the reminder, once for each start that the booking has had.

    Nothing is sent if the booking has started, is not live, or if the reminder was removed from the settings.

    Raises JobNotDue if the booking was moved to a later time, or while a budget is used up; JobDelayed and
    JobFailed.
    """
    event = job.event
    if event.booking is None:
        return
    context = await read_mail_context(services, job.workspace, event.booking, event)
    if context is None or context.booking.status not in LIVE or context.booking.start <= services.now():
        return
    booking, minutes = context.booking, int(job.detail)
    if minutes not in reminders_for(context.settings, context.managed.event_type):
        return
    if services.now() < (due := booking.start - minutes * MINUTE):
        raise JobNotDue(due)
    mail = job_id(job.id, str(booking.start))
    await send_to_customer(services, job, context, "reminder", mail=mail)
