"""Begin to deliver a mail within the budgets, and let go of mails that are held (docs/rules/sending.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from admitone.domain.jobs.job import JobNotDue
from admitone.domain.mail.budget import share_of_guests
from admitone.store.records.budgets import budgets_of
from admitone.store.records.configuration.snapshot import remembered_snapshot
from admitone.store.records.mail.held_mails import Begun, begin_mail, release_held_mail, subject_of
from admitone.store.records.mail.mails import read_mail_state
from admitone.usecases.mail.mail_wait import forget_untold
from admitone.usecases.shared.strangers import strangers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from admitone.domain.jobs.job import Job
    from admitone.usecases.mail.mail_deliver import Mailing
    from admitone.usecases.shared.services import Services

    Handler = Callable[[Services, Job], Awaitable[None]]

log = structlog.get_logger()


async def begin(services: Services, mailing: Mailing) -> Begun:
    """The state of a mail to send now; without one it was sent, or never will be.

    Raises JobNotDue if a budget is used up: the mail is held until the time that is reserved for it.
    """
    store, job, now = services.store, mailing.job, services.now()
    snapshot = remembered_snapshot(store, job.workspace)  # this job has read the counter just before
    email = mailing.message.to.address
    if mailing.to_user or not await strangers(snapshot, [email]):
        state = await read_mail_state(store, job.workspace, mailing.id, now)
        return Begun(None if state.is_sent else state)
    per_day = None if mailing.confirms_one_time else (await snapshot.settings()).mails_per_day
    if mailing.to_guest and per_day is not None:
        per_day = share_of_guests(per_day)
    budgets = budgets_of(store, job.workspace, [email], per_day)
    subject = subject_of(store, job.workspace, job.event.booking or mailing.id, email)
    begun = await begin_mail(store, job, mailing.id, subject, budgets, now)
    _count(services, mailing, begun)
    if begun.held_until is not None:
        raise JobNotDue(begun.held_until, held=subject)
    return begun


def _count(services: Services, mailing: Mailing, begun: Begun) -> None:
    counts = services.mail.counts
    counts.superseded += begun.superseded
    counts.lapsed += begun.lapses_now
    counts.held += begun.is_newly_held
    if begun.is_newly_held:
        log.warning("mail-held", mail=mailing.id, until=begun.held_until)
    if begun.superseded:
        log.info("held-mail-superseded", mail=mailing.id)
    if begun.lapses_now:
        log.warning("held-mail-lapsed", mail=mailing.id)


def holding(handler: Handler) -> Handler:
    """The handler of a job of mails. If the job has nothing to tell any more, it holds no mail either.

    After the end of a booking, no first mail about it waits any more.
    """

    async def handle(services: Services, job: Job) -> None:
        await handler(services, job)
        if job.held:
            await release_held_mail(services.store, job)
        await forget_untold(services, job)

    return handle
