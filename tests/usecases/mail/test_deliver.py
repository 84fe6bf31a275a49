"""Every mail arrives, and none twice but where nobody can know, whatever fails midway."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.sealing import Sealer
from admitone.store.records.google_connections import change_connection, read_connection
from admitone.store.records.mails import (
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
from admitone.usecases.google.google_disconnect import disconnect_google
from admitone.usecases.shared.google_work import RECONNECT
from tests.support.factories import NOW, WORKSPACE
from tests.support.mail.smtp_server import DROP_AFTER, DROP_BEFORE
from tests.support.mail.workspace_with_mail import DRAFTS, FROM, HOST_ACCOUNT, SEND, parsed, to

if TYPE_CHECKING:
    from aiosmtpd.smtp import Envelope

    from tests.support.mail.smtp_server import MailServer
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail

BOTH = ["carla@customer.test", "hanna@host.test"]
SENDING = {DRAFTS: "gmail.users.drafts.send", SEND: "gmail.users.messages.send"}


def in_server(server: MailServer) -> list[str]:
    return sorted(envelope.rcpt_tos[0] for envelope in server.taken)


def content_of(envelope: Envelope) -> bytes:
    assert isinstance(envelope.content, bytes)
    return envelope.content


def in_gmail(workspace: WorkspaceWithMail) -> list[str]:
    return sorted(to(mail) for mail in workspace.in_gmail())


async def test_a_server_sends_in_the_hosts_name_and_answers_go_to_them(
    workspace: WorkspaceWithMail, server: MailServer
) -> None:
    workspace.by(server)
    await workspace.booked()
    await workspace.work()
    assert in_server(server) == BOTH
    for envelope in server.taken:
        mail = parsed(content_of(envelope))
        [sender] = mail["From"].addresses
        [reply] = mail["Reply-To"].addresses
        assert (sender.display_name, sender.addr_spec) == ("Hanna Host", FROM)
        assert reply.addr_spec == "hanna@host.test"
    assert await workspace.kept() == []
    assert workspace.services.mail.counts.sent == {"gmail": 0, "smtp": 2, "kept": 0}


async def test_a_job_that_runs_again_sends_nothing_again(
    workspace: WorkspaceWithMail, server: MailServer
) -> None:
    workspace.by(server)
    await workspace.booked()
    jobs = await workspace.jobs_done()
    assert len(server.taken) == 2
    for job in jobs:
        await workspace.do(job)
    assert len(server.taken) == 2


async def test_a_server_that_is_busy_gets_the_mail_later(
    workspace: WorkspaceWithMail, server: MailServer
) -> None:
    workspace.by(server)
    server.faults.extend(["451 busy", "421 later", "451 busy"])
    await workspace.booked()
    await workspace.work()
    await workspace.work_through(days=0.5)
    assert in_server(server) == BOTH
    assert workspace.services.mail.counts.repeats == 0
    assert await workspace.parked() == []


async def test_a_refusal_for_good_is_parked_with_its_cause(
    workspace: WorkspaceWithMail, server: MailServer
) -> None:
    workspace.by(server)
    server.refused_recipients["carla@customer.test"] = "550 no such user carla@customer.test"
    await workspace.booked()
    await workspace.work()
    assert in_server(server) == ["hanna@host.test"]
    [parked] = await workspace.parked()
    assert parked.cause == "The mail server answered 550."


@pytest.mark.parametrize(("fault", "copies"), [(DROP_BEFORE, 2), (DROP_AFTER, 3)])
async def test_silence_after_the_mail_was_handed_over_may_repeat_it_and_is_counted(
    workspace: WorkspaceWithMail, server: MailServer, fault: str, copies: int
) -> None:
    workspace.by(server)
    server.faults.append(fault)
    await workspace.booked()
    await workspace.work()
    await workspace.work_through(days=0.25)
    assert sorted(set(in_server(server))) == BOTH
    assert len(server.taken) == copies
    assert workspace.services.mail.counts.repeats == 1
    ids = [parsed(content_of(envelope))["Message-ID"] for envelope in server.taken]
    assert len(set(ids)) == 2


@pytest.mark.parametrize("scope", [DRAFTS, SEND])
async def test_the_hosts_gmail_sends_from_their_own_address(workspace: WorkspaceWithMail, scope: str) -> None:
    await workspace.connect(scope)
    await workspace.booked()
    await workspace.work()
    assert in_gmail(workspace) == BOTH
    assert workspace.drafts() == 0
    for mail in workspace.in_gmail():
        [sender] = mail["From"].addresses
        assert (sender.display_name, sender.addr_spec) == ("Hanna Host", HOST_ACCOUNT)
    assert await workspace.kept() == []


@pytest.mark.parametrize("scope", [DRAFTS, SEND])
@pytest.mark.parametrize("kind", ["429", "500", "503", "garbage", "work_done_answer_lost", "403"])
async def test_through_every_fault_each_mail_goes_out(
    workspace: WorkspaceWithMail, scope: str, kind: str
) -> None:
    await workspace.connect(scope)
    more = {"retry_after": 7} if kind == "429" else {}
    await workspace.google.fault(SENDING[scope], kind, times=2, **more)
    await workspace.booked()
    await workspace.work()
    await workspace.work_through(days=0.5)
    sent = in_gmail(workspace)
    assert sorted(set(sent)) == BOTH
    assert await workspace.parked() == []
    if scope == DRAFTS:
        assert sent == BOTH
        assert workspace.services.mail.counts.repeats == 0
        assert workspace.drafts() == 0
    else:
        assert len(sent) <= 2 + workspace.services.mail.counts.repeats
        assert (len(sent) == 2) is (kind != "work_done_answer_lost")


@pytest.mark.parametrize("kind", ["429", "503", "work_done_answer_lost"])
async def test_a_draft_that_was_not_answered_for_sends_nothing(
    workspace: WorkspaceWithMail, kind: str
) -> None:
    await workspace.connect(DRAFTS)
    await workspace.google.fault("gmail.users.drafts.create", kind, times=2)
    await workspace.booked()
    await workspace.work()
    await workspace.work_through(days=0.25)
    assert in_gmail(workspace) == BOTH
    assert workspace.services.mail.counts.repeats == 0
    assert workspace.drafts() == (2 if kind == "work_done_answer_lost" else 0)


async def test_a_draft_deleted_by_hand_is_made_anew(workspace: WorkspaceWithMail) -> None:
    await workspace.connect(DRAFTS)
    await workspace.google.fault(SENDING[DRAFTS], "429", times=2)
    await workspace.booked()
    await workspace.work()
    assert workspace.drafts() == 2
    workspace.google.state.data.mailboxes[HOST_ACCOUNT].drafts.clear()
    await workspace.work_through(days=0.25)
    assert in_gmail(workspace) == BOTH


@pytest.mark.parametrize("scope", [DRAFTS, SEND])
async def test_without_a_grant_mail_waits_until_the_host_reconnects(
    workspace: WorkspaceWithMail, scope: str
) -> None:
    await workspace.connect(scope)
    await workspace.google.fault(SENDING[scope], "revoked_grant")
    await workspace.booked()
    await workspace.work()
    connection = await read_connection(workspace.store, WORKSPACE, "user")
    assert connection is not None
    assert connection.needs_reconnect
    await workspace.work_through(days=8)
    assert in_gmail(workspace) == []
    assert await workspace.kept() == []
    assert [(one.cause, one.attempts) for one in await workspace.parked()] == [(RECONNECT, 1)] * 2
    await workspace.connect(scope)
    await workspace.work()
    assert in_gmail(workspace) == BOTH
    assert await workspace.parked() == []
    assert workspace.services.mail.counts.repeats == 0


async def test_mail_that_waits_is_kept_once_its_host_has_disconnected(workspace: WorkspaceWithMail) -> None:
    await workspace.connect(DRAFTS)
    await workspace.google.fault(SENDING[DRAFTS], "revoked_grant")
    await workspace.booked()
    await workspace.work()
    assert len(await workspace.parked()) == 2
    assert await disconnect_google(workspace.services, WORKSPACE, "user")
    await workspace.work()
    assert sorted(to(mail) for mail in await workspace.kept()) == BOTH
    assert await workspace.parked() == []


async def test_without_a_grant_the_mail_server_sends(
    workspace: WorkspaceWithMail, server: MailServer
) -> None:
    workspace.by(server)
    await workspace.connect(DRAFTS)
    await workspace.google.fault(SENDING[DRAFTS], "revoked_grant")
    await workspace.booked()
    await workspace.work()
    assert in_gmail(workspace) == []
    assert in_server(server) == BOTH
    assert workspace.services.mail.counts.repeats == 0


async def test_a_draft_of_which_nobody_knows_waits_for_its_mailbox(
    workspace: WorkspaceWithMail, server: MailServer
) -> None:
    workspace.by(server)
    await workspace.connect(DRAFTS)
    await workspace.google.fault(SENDING[DRAFTS], "work_done_answer_lost", times=2)
    await workspace.booked()
    await workspace.work()
    assert in_gmail(workspace) == BOTH
    await change_connection(
        workspace.store, WORKSPACE, "user", lambda found: msgspec.structs.replace(found, needs_reconnect=True)
    )
    await workspace.work_through(days=0.25)
    assert server.taken == []
    await workspace.connect(DRAFTS)
    await workspace.work()
    assert in_gmail(workspace) == BOTH
    assert server.taken == []
    assert await workspace.parked() == []


async def test_a_worker_that_dies_between_sending_and_noting_repeats_no_draft(
    workspace: WorkspaceWithMail,
) -> None:
    await workspace.connect(DRAFTS)
    await workspace.booked()
    jobs = await workspace.jobs_done()
    await workspace.forget_that_mails_were_sent()
    for job in jobs:
        await workspace.do(job)
    assert in_gmail(workspace) == BOTH


@pytest.mark.parametrize("fault", [None, "429"])
async def test_two_workers_with_the_same_mail_send_it_once(
    workspace: WorkspaceWithMail, fault: str | None
) -> None:
    await workspace.connect(DRAFTS)
    await workspace.booked()
    jobs = await workspace.jobs_planned()
    if fault:
        await workspace.google.fault(SENDING[DRAFTS], fault, times=4)
    for _ in range(2 if fault else 1):
        await asyncio.gather(*(workspace.do(job) for job in jobs * 4), return_exceptions=True)
    await asyncio.gather(*(workspace.do(job) for job in jobs * 2), return_exceptions=True)
    assert in_gmail(workspace) == BOTH
    assert workspace.drafts() == 0


async def test_scopes_that_send_no_mail_keep_it(workspace: WorkspaceWithMail) -> None:
    await workspace.connect("https://www.googleapis.com/auth/calendar.freebusy")
    await workspace.booked()
    await workspace.work()
    assert sorted(to(mail) for mail in await workspace.kept()) == BOTH


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
