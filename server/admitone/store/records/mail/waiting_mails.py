"""Mails that wait because nothing can send them: for each subject the job that sends the mail later.

They hold ids only. The copy that administrators read is among the kept mails (`mails.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.jobs.job import Job, job_id
from admitone.sealing import Kept
from admitone.store.codes import Code
from admitone.store.records.documents import text_map
from admitone.store.records.mail.mails import KEPT, REMEMBERED, sent_keys
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.store.store import Store

MOST = 1_000
"""The number of mails that wait for one host at most."""
_OF_HOSTS = {"mail.hosts", "mail.former_host"}


class WaitingMail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The mail `mail`, which its `job` wanted to send at `since` (epoch seconds).

    `recipient` is the keyed hash of the address if the mail counts in its budget.
    """

    job: Job
    mail: str
    since: int
    recipient: str = ""


class FoundMail(msgspec.Struct, frozen=True, kw_only=True):
    """A waiting mail as Redis has it: its subject as `id`, the `host` who would send it, and its text."""

    id: str
    host: str
    mail: WaitingMail
    text: str


def waiting_subject(job: Job) -> str:
    """What the mails of a job are about, with their recipient: mails with one subject replace each other.

    A host who takes a booking over, or gives it away, gets that mail and those about the booking itself.
    """
    is_own = job.name in _OF_HOSTS and (job.event.took or job.event.gave)
    if job.event.booking is None or is_own:
        return job.id
    return job_id(job.event.booking, job.name, job.detail)


async def wait_for_sender(
    store: Store, host: str, waiting: WaitingMail, content: bytes, *, serves: int, is_new: bool
) -> bool:
    """Let the mail wait until something sends the mails of `host`, and keep a copy of it.

    It is dropped when it does not serve any more (epoch seconds). `is_new` says that its job has not waited
    and run again: unless it waits already, no copy can be there. Returns whether the copy is the first one.
    """
    job, now = waiting.job, waiting.since
    workspace, keys = job.workspace, store.keys(job.workspace)
    sent, earlier = sent_keys(store, workspace, now)
    names = {
        "sent": sent,
        "earlier": earlier,
        "kept": keys.kept_mails,
        "waiting": keys.waiting_mails,
        "index": keys.waiting_of(host),
    }
    arguments = {
        "mail": waiting.mail,
        "keep": f"{waiting.mail} {store.sealer.seal(Kept.MAIL, f'{workspace}:{waiting.mail}', content)}",
        "most": KEPT,
        "subject": waiting_subject(job),
        "host": host,
        "record": msgspec.json.encode(waiting).decode(),
        "job": job.id,
        "is_new": is_new,
        "serves": serves,
        "now": now,
        "bound": MOST,
        "lifetime": 2 * REMEMBERED,
    }
    answer = await store.call("mail_wait", names, arguments)
    return answer.code is Code.OK and answer.rest[0] == 1


async def read_waiting(store: Store, workspace: str, subjects: Sequence[str]) -> list[FoundMail]:
    """The waiting mails with these subjects; those that are gone are left out."""
    if not subjects:
        return []
    [texts] = await store.send(Command(("HMGET", store.keys(workspace).waiting_mails, *subjects)))
    return [
        _found(subject, text.decode())
        for subject, text in zip(subjects, texts, strict=True)
        if text is not None
    ]


async def read_all_waiting(store: Store, workspace: str) -> list[FoundMail]:
    """All waiting mails of a workspace."""
    [pairs] = await store.send(Command(("HGETALL", store.keys(workspace).waiting_mails)))
    return [_found(subject, text.decode()) for subject, text in text_map(pairs).items()]


async def release_waiting(store: Store, workspace: str, found: FoundMail, *, again: bool) -> bool:
    """Put the job in (`again`), or forget the mail; returns False if somebody did before."""
    keys, mail = store.keys(workspace), found.mail
    budgets = [keys.mails_to(mail.recipient), keys.counted_mails] if mail.recipient else []
    names = {
        "jobs": keys.jobs,
        "waiting": keys.waiting_mails,
        "index": keys.waiting_of(found.host),
        "budgets": budgets,
    }
    arguments = {"subject": found.id, "text": found.text, "counts": [mail.mail for _ in budgets]}
    if again:
        arguments["job"] = msgspec.json.encode(mail.job).decode()
    answer = await store.call("waiting_release", names, arguments)
    return answer.code is Code.OK


def read_waiting_text(text: str) -> tuple[str, WaitingMail]:
    """The host and the mail of a text; raises ValueError."""
    host, _, record = text.partition(" ")
    return host, _decoder.decode(record)


def _found(subject: str, text: str) -> FoundMail:
    host, mail = read_waiting_text(text)
    return FoundMail(id=subject, host=host, mail=mail, text=text)


_decoder = msgspec.json.Decoder(WaitingMail)
