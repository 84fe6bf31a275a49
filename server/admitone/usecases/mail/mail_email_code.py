"""The job `mail.email_code`: mail the code that confirms a customer's address before they book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.mail.values import MailValues, PersonValues
from admitone.domain.pages.language import fixed_language
from admitone.domain.people.reader import reader_for
from admitone.mail.message import Mailbox
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.store.records.mail.email_codes import read_email_code
from admitone.texts.catalogues import ENGLISH
from admitone.usecases.mail.mail_compose import compose
from admitone.usecases.mail.mail_deliver import Mailing, deliver
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.shared.booking_view import with_host
from admitone.usecases.shared.waiting_mails import sends_now

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.links.target import Target
    from admitone.domain.people.user import User
    from admitone.usecases.shared.services import Services


async def mail_email_code(services: Services, job: Job) -> None:
    """Mail the code as long as it is valid, by the Gmail of the page's host if possible.

    Raises JobDelayed, JobFailed, and JobNotDue while a budget is used up.
    """
    page, address = job.event.page or "", job.event.record or ""
    now = services.now()
    code = await read_email_code(services.store, job.workspace, page, address, now)
    snapshot = await read_snapshot(services.store, job.workspace, Wanted(records=(SETTINGS,)))
    target = await read_target(snapshot, page)
    if code is None or target is None:
        return
    named = target.host(None)
    settings = await snapshot.settings()
    reader = reader_for([code.locale or fixed_language(target.page, settings) or ENGLISH])
    values = MailValues(
        language=reader.language,
        customer=PersonValues(None, code.email),
        host=PersonValues(named.name, named.email) if named else PersonValues(None, None),
        hosts=(),
        event_type=target.page.title,
        title=with_host(target.page.title, named, reader.texts),
        code=code.code,
        workspace=settings.name,
    )
    to = Mailbox(code.email, "")
    message = await compose(services, snapshot, named, "email_code", values, mail=job.id, to=to)
    sender = code_sender(services, target)
    await deliver(services, Mailing(job, job.id, sender.id if sender else "", message))


async def sends_codes(services: Services, workspace: str, target: Target) -> bool:
    """Whether something sends this page's codes now; else nobody books by its link if it asks for one."""
    sender = code_sender(services, target)
    return services.mail.transport is not None or (
        sender is not None and await sends_now(services, workspace, sender.id)
    )


def code_sender(services: Services, target: Target) -> User | None:
    """Whose Gmail sends the codes of a page: its host's.

    For a page that names no host it is nobody's, unless nothing else can send. Such a mail shows the address
    of a host, whom the page does not name before the booking.
    """
    named = target.host(None)
    if named is not None or services.mail.transport is not None:
        return named
    candidates = [each for one in target.offered() for each in target.places[one.id][0].candidates]
    return candidates[0].owner if candidates else None
