"""The steps *Send email* and *Notify host*.

The id of a mail is derived from run and step, so that none is sent twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.jobs.job import JobFailed, job_id
from admitone.domain.links.link import LinkState
from admitone.domain.text import is_blank
from admitone.domain.workflows.custom_values import LINK, link_names, named_links
from admitone.domain.workflows.sending_window import next_opening
from admitone.mail.message import Mailbox, Message
from admitone.store.records.contacts.unsubscribed import is_unsubscribed
from admitone.store.records.erasures import is_erased
from admitone.store.records.mail.held_mails import release_held_mail
from admitone.texts.message import message
from admitone.usecases.mail.mail_compose import mail_domain
from admitone.usecases.mail.mail_deliver import Mailing, deliver
from admitone.usecases.mail.unsubscribe import unsubscribe_line
from admitone.usecases.runs.run_link import sending_user
from admitone.usecases.runs.run_move import Did, Holds
from admitone.usecases.runs.run_values import MailWords, contact_reader, rendered, values_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from admitone.domain.jobs.job import Job
    from admitone.domain.links.link import Link
    from admitone.domain.people.user import User
    from admitone.domain.workflows.run import Why
    from admitone.domain.workflows.steps import NotifyHost, SendEmail, Step
    from admitone.usecases.mail.unsubscribe import UnsubscribeLine
    from admitone.usecases.runs.run_move import Outcome
    from admitone.usecases.runs.run_state import RunState
    from admitone.usecases.shared.services import Services


async def send_email(services: Services, job: Job, state: RunState, step: SendEmail) -> Outcome:
    """Mail the contact, within the sending window, unless something speaks against it: then it is skipped.

    It is skipped, too, if the budgets did not allow the mail as long as it was held. Raises JobDelayed,
    JobFailed, and JobNotDue while a budget is used up.
    """
    opening = next_opening(state.body.sending_window, services.now(), state.facts.zone)
    if opening > services.now():
        return Holds(opening)
    if why := await _why_skipped(services, state, step):
        if job.held:  # the job goes on with the next step, which may hold a mail of its own
            await release_held_mail(services.store, job)
        return Did("skipped", why)
    sender = await sending_user(state)
    words = await _words(services, state, step, html=step.html)
    to = Mailbox(state.contact.email, state.contact.name)
    mail = mail_id(state, step)
    language = contact_reader(state, (await state.snapshot.settings()).locale).language
    line = await unsubscribe_line(services, state.snapshot.workspace, state.contact, language)
    composed = _message(services, mail, sender, to, _with_line(words, line), unsubscribe=line.url)
    if not await deliver(services, Mailing(job, mail, sender.id, composed)):
        return Did("skipped", "lapsed")
    return Did(mailbox=(sender.id, mail))


async def notify_host(services: Services, job: Job, state: RunState, step: NotifyHost) -> Outcome:
    """Mail the user whose mailbox sends. Raises JobDelayed and JobFailed."""
    sender = await sending_user(state)
    words = await _words(services, state, step)
    mail = mail_id(state, step)
    composed = _message(services, mail, sender, Mailbox(sender.email, sender.name), words)
    await deliver(services, Mailing(job, mail, sender.id, composed, to_user=True))
    return Did()


def mail_id(state: RunState, step: Step) -> str:
    """The id of the mail of one step of a run: the same for every attempt."""
    return job_id(state.snapshot.workspace, "run", state.run.id, step.id)


async def _why_skipped(services: Services, state: RunState, step: SendEmail) -> Why:
    """Why nothing goes out now, as the link, the unsubscription and the erasure are at this moment."""
    store, workspace, contact = services.store, state.snapshot.workspace, state.contact
    if await is_erased(store, workspace, contact.email, contact.created_at):
        return "erased"
    if await is_unsubscribed(store, workspace, contact.email):
        return "unsubscribed"
    named = named_links(step.subject, step.text, step.html)
    states = [link.state(services.now(), available=True) for link in _links(state, named)]
    return "link_gone" if {LinkState.EXPIRED, LinkState.REVOKED} & {*states} else ""


def _links(state: RunState, named: Collection[str]) -> Iterator[Link]:
    """The links whose addresses a mail names: of the run, and of its trigger."""
    names = link_names(state.body.steps)
    for position, link in state.run.links.items():
        if names[state.route.steps[position].id] in named and link in state.links:
            yield state.links[link]
    if LINK in named and state.trigger_link is not None:
        yield state.trigger_link


async def _words(
    services: Services, state: RunState, step: SendEmail | NotifyHost, *, html: str = ""
) -> MailWords:
    values = await values_of(services, state)
    subject = await rendered(services, step.subject, values)
    if is_blank(subject):
        raise JobFailed(message("The subject is empty."))
    return MailWords(
        subject,
        await rendered(services, step.text, values),
        await rendered(services, html, values, html=True) if html.strip() else "",
    )


def _with_line(words: MailWords, line: UnsubscribeLine) -> MailWords:
    """The mail with the line by which its recipient unsubscribes, at the end of both its bodies."""
    body, end, rest = words.html.rpartition("</body>")
    html = f"{body}{line.html}\n{end}{rest}" if end else f"{words.html}\n{line.html}"
    return MailWords(words.subject, f"{words.text.rstrip()}\n\n{line.text}", html if words.html else "")


def _message(
    services: Services, mail: str, sender: User, to: Mailbox, words: MailWords, *, unsubscribe: str = ""
) -> Message:
    box = Mailbox(sender.email, sender.name)
    return Message(
        id=f"{mail}@{mail_domain(services.public_url)}",
        sender=box,
        reply_to=box,
        to=to,
        subject=words.subject,
        text=words.text,
        html=words.html,
        unsubscribe=unsubscribe,
        sent_at=services.now(),
    )
