"""The job `mail.link`: mail a one-time link to its person, or remind them of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.availability.zones import zone_or_utc
from admitone.domain.date_text import DateText
from admitone.domain.links.link import LinkState
from admitone.domain.links.target import is_available
from admitone.domain.mail.kinds import mail_after
from admitone.domain.mail.time_and_changes import zone_text
from admitone.domain.mail.values import MailValues, PersonValues
from admitone.domain.pages.language import fixed_language
from admitone.domain.people.reader import reader_for
from admitone.mail.message import Mailbox
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.store.records.contacts.contacts import find_contact
from admitone.texts.catalogues import ENGLISH
from admitone.usecases.links.link_view import link_url
from admitone.usecases.mail.mail_compose import compose
from admitone.usecases.mail.mail_deliver import Mailing, deliver
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.shared.booking_view import with_host

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.links.link import Link, Person
    from admitone.domain.links.target import Target
    from admitone.domain.mail.kinds import MailKind
    from admitone.domain.people.user import User
    from admitone.mail.message import Message
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services


async def mail_link(services: Services, job: Job) -> None:
    """Mail the link, by the Gmail of the host who asked for it if possible.

    Nothing is sent if nobody can book by the link any more, or if its person was erased.

    Raises JobDelayed, JobFailed, and JobNotDue while a budget is used up.
    """
    kind = mail_after(job.event.type, "customer")
    wanted = Wanted(link=job.event.link, records=(SETTINGS, ("user", job.event.by)))
    snapshot = await read_snapshot(services.store, job.workspace, wanted)
    link, sender = snapshot.link, snapshot.find("user", job.event.by)
    if kind is None or link is None or link.person is None or sender is None:
        return
    target = await mailable_target(services, snapshot, link)
    if target is None:
        return
    message = await compose_link_mail(
        services, snapshot, kind, link, link.person, target=target, sender=sender, mail=job.id
    )
    await deliver(services, Mailing(job, job.id, sender.id, message))


async def mailable_target(services: Services, snapshot: Snapshot, link: Link) -> Target | None:
    """The target of a link by which somebody can book now, else None."""
    target = await read_target(snapshot, link.page)
    state = link.state(services.now(), available=is_available(target, link.event_type))
    return target if state is LinkState.ACTIVE else None


async def compose_link_mail(
    services: Services,
    snapshot: Snapshot,
    kind: MailKind,
    link: Link,
    person: Person,
    *,
    target: Target,
    sender: User,
    mail: str,
) -> Message:
    """The mail of `kind` (`link` or `link_reminder`) that brings the link to its person.

    It is in the language of the person as a contact, or else the page's, the workspace's, or English.
    """
    settings = await snapshot.settings()
    contact = await find_contact(services.store, snapshot.workspace, person.email)
    known = contact.locale if contact else None
    reader = reader_for([known or fixed_language(target.page, settings) or ENGLISH])
    chosen = [each.name for each in target.offered(link.event_type)]
    what = chosen[0] if len(chosen) == 1 else target.page.title
    values = MailValues(
        language=reader.language,
        customer=PersonValues(person.name, person.email),
        host=PersonValues(sender.name, sender.email),
        hosts=(),
        event_type=what,
        title=with_host(what, target.host(link.event_type), reader.texts),
        link_url=link_url(services, link.code),
        expires=_expiry(link, DateText(reader, zone_or_utc(target.timezone(link.event_type)))),
        workspace=settings.name,
    )
    to = Mailbox(person.email, person.name)
    return await compose(services, snapshot, sender, kind, values, mail=mail, to=to)


def _expiry(link: Link, text: DateText) -> str | None:
    """When the link expires, as `Thu, Dec 3, 2026, 10:30 (Paris, GMT+1)`; None if it never does."""
    at = link.expires_at
    return None if at is None else f"{text.day_and_time(at, year=True)} ({zone_text(text, at)})"
