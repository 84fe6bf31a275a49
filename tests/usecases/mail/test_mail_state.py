"""What Redis keeps of mails: that they were sent, and those that could not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.sealing import Sealer
from admitone.store.records.mail.mails import (
    KEPT,
    REMEMBERED,
    MailState,
    keep_mail,
    note_draft,
    note_sent,
    note_trying,
    read_kept_mails,
    read_mail_state,
)
from tests.support.factories import NOW, WORKSPACE

if TYPE_CHECKING:
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail


async def test_that_a_mail_went_out_is_known_for_a_month_at_least_and_takes_no_key_of_its_own(
    workspace: WorkspaceWithMail,
) -> None:
    place = ("hanna", "draft")
    assert await note_draft(workspace.store, WORKSPACE, "m", NOW, place, "one") == place
    await note_sent(workspace.store, WORKSPACE, "m", NOW)
    sent = MailState(is_sent=True)
    for later in (0, 1, REMEMBERED - 1, REMEMBERED):
        now = NOW + later
        assert await read_mail_state(workspace.store, WORKSPACE, "m", now) == sent
        assert await note_trying(workspace.store, WORKSPACE, "m", now, "two") is None
        assert await note_draft(workspace.store, WORKSPACE, "m", now, place, "two") is None
        assert not await keep_mail(workspace.store, WORKSPACE, "m", now, b"again")
        assert await read_mail_state(workspace.store, WORKSPACE, "another", now) == MailState()
    keys = workspace.store.keys(WORKSPACE)
    assert await workspace.store.client.exists(keys.mail("m")) == 0
    left = await workspace.store.client.ttl(keys.sent_mails(NOW // REMEMBERED))
    assert 2 * REMEMBERED - 3600 < left <= 2 * REMEMBERED


async def test_the_newest_mails_are_kept_and_nobody_reads_them_in_redis(workspace: WorkspaceWithMail) -> None:
    for number in range(KEPT + 5):
        assert await keep_mail(workspace.store, WORKSPACE, f"m{number}", NOW, f"secret {number}".encode())
    assert not await keep_mail(workspace.store, WORKSPACE, "m7", NOW, b"secret again")
    kept = await read_kept_mails(workspace.store, WORKSPACE)
    assert [mail for mail, _ in kept] == [f"m{number}" for number in reversed(range(5, KEPT + 5))]
    raw = await workspace.store.client.lrange(workspace.store.keys(WORKSPACE).kept_mails, 0, -1)
    assert all(b"secret" not in bytes(text) for text in raw if isinstance(text, bytes))
    assert len(raw) == KEPT
    workspace.store.sealer = Sealer({"another": bytes(32)})
    assert await read_kept_mails(workspace.store, WORKSPACE) == []
