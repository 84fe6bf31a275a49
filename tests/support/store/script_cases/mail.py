"""Cases of the script that notes what becomes of a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.mails import KEPT, keep_mail, note_draft, note_not_sent, note_sent, note_trying
from tests.support.factories import NOW, WORKSPACE
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

MAIL = Cases()


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
