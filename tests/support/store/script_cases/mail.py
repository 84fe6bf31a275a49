"""Cases of the scripts that begin to deliver mails, and note what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.mail.unsubscribe_token import Unsubscribing
from admitone.store.records.budgets import budgets_of, count_invitation, recipient_hash
from admitone.store.records.contacts.unsubscribed import resubscribe, unsubscribe
from admitone.store.records.mail.held_mails import begin_mail, release_held_mail, subject_of
from admitone.store.records.mail.mails import (
    KEPT,
    keep_mail,
    note_draft,
    note_not_sent,
    note_sent,
    note_trying,
)
from admitone.store.records.mail.waiting_mails import (
    WaitingMail,
    read_waiting,
    release_waiting,
    wait_for_sender,
    waiting_subject,
)
from tests.support.factories import DAY, NOW, WORKSPACE, a_job, an_event
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.store.records.budgets import Budgets
    from admitone.store.records.mail.held_mails import Begun
    from admitone.store.store import Store

MAIL = Cases()
CARLA = "carla@customer.test"
JOB = a_job("mail.customer", event=an_event("booking.scheduled", booking="booking"))
TEN = 10
NAMED = Unsubscribing(WORKSPACE, "contact", "recipient")


@MAIL.add("mail_note", "mail")
async def note_that_a_mail_is_tried(store: Store) -> Act:
    await note_trying(store, WORKSPACE, "m", NOW, "one")
    return lambda: note_draft(store, WORKSPACE, "m", NOW, ("user", "r1"), "two")


@MAIL.add("mail_note", "mail")
async def note_that_an_attempt_failed(store: Store) -> Act:
    await note_trying(store, WORKSPACE, "m", NOW, "one")
    return lambda: note_not_sent(store, WORKSPACE, "m", NOW, "one")


@MAIL.add("mail_note", "mail sent")
async def note_that_a_mail_is_out(store: Store) -> Act:
    await note_draft(store, WORKSPACE, "m", NOW, ("user", "r1"), "one")
    return lambda: note_sent(store, WORKSPACE, "m", NOW)


@MAIL.add("mail_note", "sent kept")
async def keep_one_more_mail(store: Store) -> Act:
    for number in range(KEPT):
        await keep_mail(store, WORKSPACE, f"m{number}", NOW, b"{}")
    return lambda: keep_mail(store, WORKSPACE, "m", NOW, b"{}")


@MAIL.add("mail_note", "sent kept waiting index")
async def note_that_a_mail_that_waited_is_out(store: Store) -> Act:
    await _wait(store, "m")
    return lambda: note_sent(store, WORKSPACE, "m", NOW, host="user", subject=waiting_subject(JOB))


@MAIL.add("mail_wait", "kept waiting index")
async def let_a_mail_wait(store: Store) -> Act:
    return lambda: _wait(store, "m")


@MAIL.add("mail_wait", "kept sent")
async def let_the_first_mail_wait_on(store: Store) -> Act:
    await _wait(store, "m")
    return lambda: _wait(store, "later", msgspec.structs.replace(JOB, id="later"))


@MAIL.add("waiting_release", "jobs waiting index budgets")
async def release_a_waiting_mail(store: Store) -> Act:
    await begin_mail(store, JOB, "m", _subject(store), _budgets(store), NOW)
    await _wait(store, "m")
    [found] = await read_waiting(store, WORKSPACE, [waiting_subject(JOB)])
    return lambda: release_waiting(store, WORKSPACE, found, again=True)


@MAIL.add("mail_begin", "budgets")
async def begin_a_mail_within_its_budgets(store: Store) -> Act:
    return lambda: _begin(store, "m")


@MAIL.add("mail_begin", "held held_mails budgets")
async def hold_a_mail(store: Store) -> Act:
    await _use_up(store)
    return lambda: _begin(store, "m")


@MAIL.add("mail_begin", "held held_mails budgets sent")
async def hold_a_mail_in_the_place_of_another(store: Store) -> Act:
    await _use_up(store)
    await _begin(store, "earlier")
    return lambda: _begin(store, "m", now=NOW + 1)


@MAIL.add("mail_begin", "held held_mails budgets sent")
async def begin_a_mail_in_the_place_of_another(store: Store) -> Act:
    await _use_up(store)
    await _begin(store, "earlier")
    return lambda: _begin(store, "m", now=NOW + DAY)


@MAIL.add("invitation_count", "budgets")
async def count_one_invitation(store: Store) -> Act:
    return lambda: count_invitation(store, WORKSPACE, "event:0", _budgets(store), NOW)


@MAIL.add("held_release", "held held_mails")
async def release_a_held_mail(store: Store) -> Act:
    await _use_up(store)
    await _begin(store, "m")
    job = msgspec.structs.replace(JOB, held=_subject(store))
    return lambda: release_held_mail(store, job)


def _budgets(store: Store) -> Budgets:
    return budgets_of(store, WORKSPACE, [CARLA], 2000)


def _subject(store: Store) -> str:
    return subject_of(store, WORKSPACE, "booking", CARLA)


async def _begin(store: Store, mail: str, now: int = NOW) -> Begun:
    return await begin_mail(store, JOB, mail, _subject(store), _budgets(store), now)


async def _wait(store: Store, mail: str, job: Job = JOB) -> bool:
    to = recipient_hash(store, WORKSPACE, CARLA)
    waiting = WaitingMail(job=msgspec.structs.replace(job, untold=True), mail=mail, since=NOW, recipient=to)
    return await wait_for_sender(store, "user", waiting, b"{}", serves=NOW + DAY, is_new=False)


async def _use_up(store: Store) -> None:
    for number in range(TEN):
        await count_invitation(store, WORKSPACE, f"event:{number}", _budgets(store), NOW)


@MAIL.add("unsubscribe", "unsubscribed jobs activity")
async def unsubscribe_a_contact(store: Store) -> Act:
    event = an_event("contact.unsubscribed", contact="contact")
    return lambda: unsubscribe(store, NAMED, event, NOW)


@MAIL.add("resubscribe", "unsubscribed recent jobs activity")
async def subscribe_a_contact_again(store: Store) -> Act:
    await unsubscribe(store, NAMED, None, NOW)
    event = an_event("contact.resubscribed", contact="contact")
    return lambda: resubscribe(store, NAMED, event, "operation", NOW)
