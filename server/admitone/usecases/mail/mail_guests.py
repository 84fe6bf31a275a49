"""The jobs `mail.guests` and `mail.guest`: tell each guest about a change of the booking, unless Google does.

A guest's mail has neither the manage link nor anything else by which the booking can be changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.domain.jobs.job import Job, job_id
from admitone.domain.mail.kinds import mail_after
from admitone.store.outbox.outbox import put_in
from admitone.store.records.budgets import recipient_hash
from admitone.usecases.mail.mail_compose import calendar_part, withdrawn
from admitone.usecases.mail.mail_context import read_mail_context
from admitone.usecases.mail.mail_customer import is_overtaken
from admitone.usecases.mail.mail_send import send_to_guest
from admitone.usecases.shared.guests import is_within_budget, told_guests

if TYPE_CHECKING:
    from admitone.domain.event import Event
    from admitone.usecases.mail.mail_context import MailContext
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()


async def mail_guests(services: Services, job: Job) -> None:
    """Put in a job for each guest, named by a keyed hash: each mail is held and retried by itself."""
    context = await _context(services, job)
    if context is None:
        return
    guests = await told_guests(services, context.managed.snapshot, context.booking)
    hashes = [recipient_hash(services.store, job.workspace, guest) for guest in guests]
    jobs = [
        Job(job_id(job.id, one), "mail.guest", job.workspace, job.event, one, request=job.request)
        for one in hashes
    ]
    await put_in(services.store, job.workspace, [msgspec.json.encode(one).decode() for one in jobs])


async def mail_guest(services: Services, job: Job) -> None:
    """Mail one guest the booking as it is now, in the customer's language and zone.

    Raises JobDelayed, JobFailed, and JobNotDue while a budget is used up.
    """
    context, kind = await _context(services, job), mail_after(job.event.type, "guests")
    if context is None or kind is None:
        return
    snapshot, booking = context.managed.snapshot, context.booking
    guests = await told_guests(services, snapshot, booking)
    hashes = {recipient_hash(services.store, job.workspace, guest): guest for guest in guests}
    if (guest := hashes.get(job.detail)) is None:
        return
    gone = await withdrawn(services, context, job.event, ("", guest), is_guest=True)
    part = await calendar_part(services, context, is_guest=True)
    if gone is None and part is None:  # Google tells them
        return
    if not await is_within_budget(services, snapshot, booking, guest):
        services.mail.counts.untold += 1
        log.warning("guest-not-told", booking=booking.id)
        return
    if gone is None or part is None:
        await send_to_guest(services, job, context, kind, guest, mail=job.id, calendar=gone or part)
        return
    mail = job_id(job.id, "withdrawn")
    await send_to_guest(services, job, context, kind, guest, mail=mail, calendar=gone)
    await send_to_guest(services, job, context, "guest_invited", guest, mail=job.id, calendar=part)


async def _context(services: Services, job: Job) -> MailContext | None:
    """The booking as it is now; None if there is nothing to tell any more."""
    event: Event = job.event
    if event.booking is None:
        return None
    context = await read_mail_context(services, job.workspace, event.booking, event)
    return None if context is None or is_overtaken(job, context.booking) else context
