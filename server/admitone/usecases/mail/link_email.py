"""Email a one-time link to its person, or remind them of it (docs/rules/sending.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import LinkNotMailable, MailNotSetUp, NotFound
from admitone.domain.links.link import Person
from admitone.store.codes import Code
from admitone.store.records.links import mail_link as write_mail
from admitone.store.records.operations import keep_answer, new_operation
from admitone.texts.message import message
from admitone.usecases.links.link_event import link_event
from admitone.usecases.links.link_read import read_link_view
from admitone.usecases.links.link_view import LinkView
from admitone.usecases.mail.mail_link import compose_link_mail, mailable_target
from admitone.usecases.shared.mail_set_up import mail_set_up
from admitone.usecases.shared.ownership import own_link
from admitone.usecases.shared.record_writes import earlier_answer, final_answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from admitone.domain.links.link import Link, LinkMailKind
    from admitone.domain.links.target import Target
    from admitone.domain.mail.kinds import MailKind
    from admitone.usecases.shared.services import Caller, Services

EVENTS: Mapping[LinkMailKind, Literal["link.emailed", "link.reminded"]] = {
    "link": "link.emailed",
    "reminder": "link.reminded",
}
MAILS: Mapping[LinkMailKind, MailKind] = {"link": "link", "reminder": "link_reminder"}


class LinkMail(msgspec.Struct, frozen=True):
    """A mail with a link as its person will read it; without `html` it is text only."""

    to: Person
    subject: str
    text: str
    html: str


async def email_link(services: Services, caller: Caller, kind: LinkMailKind) -> LinkView:
    """Mail the link that was read to its person, from the caller's mailbox if they connected Gmail.

    A second call with the same Idempotency-Key sends nothing and answers as the first.

    Raises NotFound, Forbidden, LinkNotMailable, MailNotSetUp, IdempotencyKeyReused.
    """
    if (earlier := earlier_answer(services, caller, LinkView)) is not None:
        return earlier
    link, _, _ = await _mailable(services, caller)
    if not (await mail_set_up(services, caller.workspace, caller.user.id)).sends:
        raise MailNotSetUp
    view = await read_link_view(services, caller, link.id)
    operation = caller.operation or new_operation()
    answer = await write_mail(
        services.store,
        caller.workspace,
        link.id,
        link_event(EVENTS[kind], services, caller, link),
        services.now(),
        operation=operation,
        kept=keep_answer(operation, view, services.store.sealer),
    )
    if answer.code is Code.NOT_FOUND:
        raise NotFound
    if answer.code not in {Code.OK, Code.APPLIED}:
        raise LinkNotMailable
    return final_answer(services, caller, answer, view)


async def preview_link_mail(services: Services, caller: Caller, kind: LinkMailKind) -> LinkMail:
    """The mail that `email_link` sends now; raises NotFound, Forbidden, LinkNotMailable."""
    link, person, target = await _mailable(services, caller)
    message = await compose_link_mail(
        services,
        caller.snapshot,
        MAILS[kind],
        link,
        person,
        target=target,
        sender=caller.user,
        mail="preview",
    )
    return LinkMail(person, message.subject, message.text, message.html)


async def _mailable(services: Services, caller: Caller) -> tuple[Link, Person, Target]:
    """The link that was read, its person and its target; raises NotFound, Forbidden, LinkNotMailable."""
    link = await own_link(caller)
    if link.person is None:
        raise LinkNotMailable(
            message("This link has no person to send it to. Only personalised links can be emailed.")
        )
    target = await mailable_target(services, caller.snapshot, link)
    if target is None:
        raise LinkNotMailable
    return link, link.person, target
