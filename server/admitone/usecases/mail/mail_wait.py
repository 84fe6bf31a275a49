"""A mail that nothing can send yet waits, and its job runs again once something sends its host's mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.store.records.budgets import recipient_hash
from admitone.store.records.mail.mails import keep_mail, note_sent
from admitone.store.records.mail.waiting_mails import (
    WaitingMail,
    read_waiting,
    release_waiting,
    wait_for_sender,
    waiting_subject,
)
from admitone.usecases.shared.waiting_mails import release_waiting_mails, sends_now

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.store.records.mail.waiting_mails import FoundMail
    from admitone.usecases.mail.mail_deliver import Mailing
    from admitone.usecases.shared.services import Services

WAITING = {"mail.customer", "mail.guest", "mail.hosts", "mail.former_host", "mail.invitation"}
"""Jobs whose mails still serve days later. A reminder, a code or a mail of a workflow does not."""


async def wait_or_keep(services: Services, mailing: Mailing) -> bool:
    """Let the mail wait, or only keep it for administrators; returns whether it was not kept before.

    The recipient of a first mail about a booking stays untold: later changes do not take its place.
    """
    store, job, now = services.store, mailing.job, services.now()
    content = msgspec.json.encode(mailing.message)
    if not _can_wait(services, mailing):
        return await keep_mail(store, job.workspace, mailing.id, now, content)
    is_first = job.untold or job.event.type == "booking.scheduled"
    event = msgspec.structs.replace(job.event, reason=None)  # typed by a person: the history has it
    again = msgspec.structs.replace(job, event=event, attempt=0, held="", untold=is_first)
    email = mailing.message.to.address
    recipient = "" if mailing.to_user else recipient_hash(store, job.workspace, email)
    waiting = WaitingMail(job=again, mail=mailing.id, since=now, recipient=recipient)
    is_new = job.event.type == "booking.scheduled" and not job.untold  # one that waited would be untold
    is_kept = await wait_for_sender(
        store, mailing.host, waiting, content, serves=mailing.serves, is_new=is_new
    )
    if await sends_now(services, job.workspace, mailing.host):  # connected since this job has looked
        await release_waiting_mails(services, job.workspace, mailing.host)
    return is_kept


async def is_never_told(services: Services, mailing: Mailing) -> bool:
    """Whether the mail would tell of the end of a booking to somebody who was never told of the booking.

    Such a mail never goes out. If nothing sends mail, False: administrators find its copy among the others.
    """
    job = mailing.job
    if not await _untold(services, job) or not await sends_now(services, job.workspace, mailing.host):
        return False
    await note_sent(services.store, job.workspace, mailing.id, services.now())
    return True


async def forget_untold(services: Services, job: Job) -> None:
    """Forget the first mail about a booking that was cancelled, after the job that tells of its end."""
    for found in await _untold(services, job):
        await release_waiting(services.store, job.workspace, found, again=False)


async def _untold(services: Services, job: Job) -> list[FoundMail]:
    """The waiting first mail about the booking whose end the job tells."""
    if job.event.type != "booking.cancelled" or job.name not in WAITING:
        return []
    found = await read_waiting(services.store, job.workspace, [waiting_subject(job)])
    return [one for one in found if one.mail.job.untold]


async def note_out(services: Services, mailing: Mailing) -> None:
    """Note that the mail went out, or never will. Mails of its host that still wait are sent now."""
    job = mailing.job
    subject = waiting_subject(job) if job.name in WAITING else None
    left = await note_sent(
        services.store, job.workspace, mailing.id, services.now(), host=mailing.host, subject=subject
    )
    if left and await sends_now(services, job.workspace, mailing.host):
        await release_waiting_mails(services, job.workspace, mailing.host)


def _can_wait(services: Services, mailing: Mailing) -> bool:
    return mailing.job.name in WAITING and mailing.serves > services.now()
