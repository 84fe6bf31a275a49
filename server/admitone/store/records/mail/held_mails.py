"""Mails that are held because a budget is used up, and those that lapsed: at most one for each subject.

A subject is what a mail is about, with its recipient; the newest mail about it takes the place of the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.jobs.job import job_id
from admitone.domain.mail.budget import PATIENCE
from admitone.store.codes import Code
from admitone.store.records.budgets import recipient_hash
from admitone.store.records.documents import text_map
from admitone.store.records.mail.mails import REMEMBERED, MailState, mail_state, sent_keys
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.jobs.job import Job
    from admitone.store.records.budgets import Budgets
    from admitone.store.store import Store


class HeldMail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that its job `name` wanted to send, held since `since`; times are epoch seconds.

    `due` is when the budgets allow it, or when it lapses if they do not before. `superseded` counts the mails
    about the same subject that were held before it.
    """

    id: str
    mail: str
    job: str
    name: str
    state: Literal["held", "lapsed"]
    since: int
    due: int
    superseded: int
    booking: str | None = None


class Begun(msgspec.Struct, frozen=True):
    """What `begin_mail` found: the state of a mail to send now, the time until which it is held, or neither.

    `superseded` counts the mails that will not be sent because of this call. `has_lapsed` says that this mail
    was held until it lapsed, `lapses_now` that this call has found so first.
    """

    state: MailState | None = None
    held_until: int | None = None
    is_newly_held: bool = False
    superseded: int = 0
    has_lapsed: bool = False
    lapses_now: bool = False


def subject_of(store: Store, workspace: str, about: str, email: str) -> str:
    """The subject of mails to this address about `about`: a booking's id, or the mail's if there is none."""
    return job_id(about, recipient_hash(store, workspace, email))


async def begin_mail(store: Store, job: Job, mail: str, subject: str, budgets: Budgets, now: int) -> Begun:
    """Read the state of a mail and count it in the budgets, once for its id; over budget it is held."""
    keys = store.keys(job.workspace)
    sent, earlier = sent_keys(store, job.workspace, now)
    names = {
        "mail": keys.mail(mail),
        "sent": sent,
        "earlier": earlier,
        "held": keys.held_mail(subject),
        "held_mails": keys.held_mails,
        "budgets": budgets.keys,
    }
    fields = ["job", job.id, "name", job.name]
    if job.event.booking:
        fields += ["booking", job.event.booking]
    arguments = {
        "mail": mail,
        "subject": subject,
        "told": job.event.at,
        "now": now,
        "rates": budgets.argument,
        "patience": PATIENCE,
        "lifetime": 2 * REMEMBERED,
        "fields": fields,
    }
    answer = await store.call("mail_begin", names, arguments)
    if answer.code is Code.APPLIED:
        return Begun(has_lapsed=answer.rest[0] == b"lapsed")
    match answer.rest:
        case [b"go", draft, trying, superseded]:
            return Begun(mail_state(draft, trying), superseded=superseded)
        case [b"held", due, is_new, superseded]:
            return Begun(held_until=int(due), is_newly_held=bool(is_new), superseded=superseded)
        case [outcome]:
            lapses = outcome == b"lapsed"
            return Begun(superseded=int(not lapses), has_lapsed=lapses, lapses_now=lapses)
    raise ValueError(answer.rest)


async def release_held_mail(store: Store, job: Job) -> None:
    """Forget the mail that the job holds, which had nothing to tell any more."""
    keys = store.keys(job.workspace)
    names = {"held": keys.held_mail(job.held), "held_mails": keys.held_mails}
    await store.call("held_release", names, {"subject": job.held, "job": job.id})


async def read_held_mails(store: Store, workspace: str, subjects: Sequence[str]) -> list[HeldMail]:
    """The held and lapsed mails with these subjects; those that are gone are left out."""
    keys = store.keys(workspace)
    found = await store.send(*(Command(("HGETALL", keys.held_mail(subject))) for subject in subjects))
    fields = [(subject, text_map(pairs)) for subject, pairs in zip(subjects, found, strict=True)]
    return [read_held(subject, texts) for subject, texts in fields if texts]


def read_held(subject: str, fields: Mapping[str, bytes]) -> HeldMail:
    """A held mail as its hash has it; raises KeyError and ValueError."""
    texts = {name: text.decode() for name, text in fields.items()}
    return msgspec.convert({**texts, "id": subject}, HeldMail, strict=False)
