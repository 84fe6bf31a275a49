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
    sender = named or _sender(services, target)
    await deliver(services, Mailing(job, job.id, sender.id if sender else "", message))


def _sender(services: Services, target: Target) -> User | None:
    """Whose Gmail sends for a page that names no host: nobody's, unless nothing else can send.

    Such a mail shows the address of a host, whom the page does not name before the booking.
    """
    if services.mail.transport is not None:
        return None
    candidates = [each for one in target.offered() for each in target.places[one.id][0].candidates]
    return candidates[0].owner if candidates else None
