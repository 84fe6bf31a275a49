"""The mails of a test run: rendered for the contact, and sent to the caller alone if they want that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.event import Event
from admitone.domain.jobs.job import Job, JobDelayed, JobFailed, JobNotDue
from admitone.domain.text import is_blank
from admitone.mail.liquid import TemplateError, render
from admitone.mail.message import Mailbox, Message
from admitone.texts.message import message
from admitone.usecases.mail.mail_compose import mail_domain
from admitone.usecases.mail.mail_deliver import Mailing, deliver
from admitone.usecases.shared.services import new_id
from admitone.usecases.workflows.workflow_test_view import TriedMail

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.people.reader import Reader
    from admitone.domain.workflows.steps import NotifyHost, SendEmail
    from admitone.usecases.shared.services import Caller, Services


class MailFailed(Exception):  # noqa: N818 - it says what happened
    """A mail cannot be made; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


async def render_for(
    services: Services, source: str, values: Mapping[str, object], *, html: bool = False
) -> str:
    """The template with these values; raises MailFailed."""
    try:
        return await services.mail.renderer.run(render, source, values, html=html)
    except TemplateError as error:
        raise MailFailed(error.sentence) from None


async def compose_mail(
    services: Services, step: SendEmail | NotifyHost, values: Mapping[str, object], to: str
) -> TriedMail:
    """The mail of a step; raises MailFailed."""
    subject = await render_for(services, step.subject, values)
    if is_blank(subject):
        raise MailFailed(message("The subject is empty."))
    source = getattr(step, "html", "")
    html = await render_for(services, source, values, html=True) if source.strip() else None
    text = await render_for(services, step.text, values)
    return TriedMail(to=to, subject=subject, text=text, html=html, is_sent=False)


async def send_to_caller(
    services: Services, caller: Caller, sender: str, reader: Reader, mail: TriedMail
) -> TriedMail:
    """Send the mail to the caller, marked as a test, from the mailbox of the user `sender`.

    It is tried once. Raises MailFailed.
    """
    own, mail_id = caller.user, new_id()
    box = Mailbox(own.email, own.name)
    composed = Message(
        id=f"{mail_id}@{mail_domain(services.public_url)}",
        sender=box,
        to=box,
        subject=reader.texts.say(message("Test: %(subject)s", subject=mail.subject)),
        text=mail.text,
        html=mail.html or "",
        sent_at=services.now(),
    )
    event = Event(type="timer.due", at=services.now(), by=own.id)
    job = Job(mail_id, "workflow.test", caller.workspace, event)
    try:
        await deliver(services, Mailing(job, mail_id, sender, composed, to_user=True))
    except (JobDelayed, JobFailed) as error:
        raise MailFailed(error.reason) from None
    except JobNotDue:
        raise MailFailed(message("No mail can be sent at present.")) from None
    return msgspec.structs.replace(mail, is_sent=True)
