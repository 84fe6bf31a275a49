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
from tests.support.mail.post import DRAFTS, FROM, HOST_ACCOUNT, SEND, parsed, to
from tests.support.mail.smtp_server import DROP_AFTER, DROP_BEFORE

if TYPE_CHECKING:
    from aiosmtpd.smtp import Envelope

    from tests.support.mail.post import Post
    from tests.support.mail.smtp_server import MailServer

BOTH = ["carla@customer.test", "hanna@host.test"]
SENDING = {DRAFTS: "gmail.users.drafts.send", SEND: "gmail.users.messages.send"}


def in_server(server: MailServer) -> list[str]:
    return sorted(envelope.rcpt_tos[0] for envelope in server.taken)


def content_of(envelope: Envelope) -> bytes:
    assert isinstance(envelope.content, bytes)
    return envelope.content


def in_gmail(post: Post) -> list[str]:
    return sorted(to(mail) for mail in post.in_gmail())


async def test_a_server_sends_in_the_hosts_name_and_answers_go_to_them(
    post: Post, server: MailServer
) -> None:
    post.by(server)
    await post.booked()
    await post.work()
    assert in_server(server) == BOTH
    for envelope in server.taken:
        mail = parsed(content_of(envelope))
        [sender] = mail["From"].addresses
        [reply] = mail["Reply-To"].addresses
        assert (sender.display_name, sender.addr_spec) == ("Hanna Host", FROM)
        assert reply.addr_spec == "hanna@host.test"
    assert await post.kept() == []
    assert post.services.mail.counts.sent == {"gmail": 0, "smtp": 2, "kept": 0}


async def test_a_job_that_runs_again_sends_nothing_again(post: Post, server: MailServer) -> None:
    post.by(server)
    await post.booked()
    jobs = await post.jobs_done()
    assert len(server.taken) == 2
    for job in jobs:
        await post.do(job)
    assert len(server.taken) == 2


async def test_a_server_that_is_busy_gets_the_mail_later(post: Post, server: MailServer) -> None:
    post.by(server)
    server.faults.extend(["451 busy", "421 later", "451 busy"])
    await post.booked()
    await post.work()
    await post.work_through(days=0.5)
    assert in_server(server) == BOTH
    assert post.services.mail.counts.repeats == 0
    assert await post.parked() == []


async def test_a_refusal_for_good_is_parked_with_its_cause(post: Post, server: MailServer) -> None:
    post.by(server)
    server.refused_recipients["carla@customer.test"] = "550 no such user carla@customer.test"
    await post.booked()
    await post.work()
    assert in_server(server) == ["hanna@host.test"]
    [parked] = await post.parked()
    assert parked.cause == "The mail server answered 550."


@pytest.mark.parametrize(("fault", "copies"), [(DROP_BEFORE, 2), (DROP_AFTER, 3)])
async def test_silence_after_the_mail_was_handed_over_may_repeat_it_and_is_counted(
    post: Post, server: MailServer, fault: str, copies: int
) -> None:
    post.by(server)
    server.faults.append(fault)
    await post.booked()
    await post.work()
    await post.work_through(days=0.25)
    assert sorted(set(in_server(server))) == BOTH
    assert len(server.taken) == copies
    assert post.services.mail.counts.repeats == 1
    ids = [parsed(content_of(envelope))["Message-ID"] for envelope in server.taken]
    assert len(set(ids)) == 2


@pytest.mark.parametrize("scope", [DRAFTS, SEND])
async def test_the_hosts_gmail_sends_from_their_own_address(post: Post, scope: str) -> None:
    await post.connect(scope)
    await post.booked()
    await post.work()
    assert in_gmail(post) == BOTH
    assert post.drafts() == 0
    for mail in post.in_gmail():
        [sender] = mail["From"].addresses
        assert (sender.display_name, sender.addr_spec) == ("Hanna Host", HOST_ACCOUNT)
    assert await post.kept() == []


@pytest.mark.parametrize("scope", [DRAFTS, SEND])
@pytest.mark.parametrize("kind", ["429", "500", "503", "garbage", "work_done_answer_lost", "403"])
async def test_through_every_fault_each_mail_goes_out(post: Post, scope: str, kind: str) -> None:
    await post.connect(scope)
    more = {"retry_after": 7} if kind == "429" else {}
    await post.google.fault(SENDING[scope], kind, times=2, **more)
    await post.booked()
    await post.work()
    await post.work_through(days=0.5)
    sent = in_gmail(post)
    assert sorted(set(sent)) == BOTH
    assert await post.parked() == []
    if scope == DRAFTS:
        assert sent == BOTH
        assert post.services.mail.counts.repeats == 0
        assert post.drafts() == 0
    else:
        assert len(sent) <= 2 + post.services.mail.counts.repeats
        assert (len(sent) == 2) is (kind != "work_done_answer_lost")


@pytest.mark.parametrize("kind", ["429", "503", "work_done_answer_lost"])
async def test_a_draft_that_was_not_answered_for_sends_nothing(post: Post, kind: str) -> None:
    await post.connect(DRAFTS)
    await post.google.fault("gmail.users.drafts.create", kind, times=2)
    await post.booked()
    await post.work()
    await post.work_through(days=0.25)
    assert in_gmail(post) == BOTH
    assert post.services.mail.counts.repeats == 0
    assert post.drafts() == (2 if kind == "work_done_answer_lost" else 0)


async def test_a_draft_deleted_by_hand_is_made_anew(post: Post) -> None:
    await post.connect(DRAFTS)
    await post.google.fault(SENDING[DRAFTS], "429", times=2)
    await post.booked()
    await post.work()
    assert post.drafts() == 2
    post.google.state.data.mailboxes[HOST_ACCOUNT].drafts.clear()
    await post.work_through(days=0.25)
    assert in_gmail(post) == BOTH


@pytest.mark.parametrize("scope", [DRAFTS, SEND])
async def test_without_a_grant_mail_waits_until_the_host_reconnects(post: Post, scope: str) -> None:
    await post.connect(scope)
    await post.google.fault(SENDING[scope], "revoked_grant")
    await post.booked()
    await post.work()
    connection = await read_connection(post.store, WORKSPACE, "user")
    assert connection is not None
    assert connection.needs_reconnect
    await post.work_through(days=8)
    assert in_gmail(post) == []
    assert await post.kept() == []
    assert [(one.cause, one.attempts) for one in await post.parked()] == [(RECONNECT, 1)] * 2
    await post.connect(scope)
    await post.work()
    assert in_gmail(post) == BOTH
    assert await post.parked() == []
    assert post.services.mail.counts.repeats == 0


async def test_mail_that_waits_is_kept_once_its_host_has_disconnected(post: Post) -> None:
    await post.connect(DRAFTS)
    await post.google.fault(SENDING[DRAFTS], "revoked_grant")
    await post.booked()
    await post.work()
    assert len(await post.parked()) == 2
    assert await disconnect_google(post.services, WORKSPACE, "user")
    await post.work()
    assert sorted(to(mail) for mail in await post.kept()) == BOTH
    assert await post.parked() == []


async def test_without_a_grant_the_mail_server_sends(post: Post, server: MailServer) -> None:
    post.by(server)
    await post.connect(DRAFTS)
    await post.google.fault(SENDING[DRAFTS], "revoked_grant")
    await post.booked()
    await post.work()
    assert in_gmail(post) == []
    assert in_server(server) == BOTH
    assert post.services.mail.counts.repeats == 0


async def test_a_draft_of_which_nobody_knows_waits_for_its_mailbox(post: Post, server: MailServer) -> None:
    post.by(server)
    await post.connect(DRAFTS)
    await post.google.fault(SENDING[DRAFTS], "work_done_answer_lost", times=2)
    await post.booked()
    await post.work()
    assert in_gmail(post) == BOTH
    await change_connection(
        post.store, WORKSPACE, "user", lambda found: msgspec.structs.replace(found, needs_reconnect=True)
    )
    await post.work_through(days=0.25)
    assert server.taken == []
    await post.connect(DRAFTS)
    await post.work()
    assert in_gmail(post) == BOTH
    assert server.taken == []
    assert await post.parked() == []


async def test_a_worker_that_dies_between_sending_and_noting_repeats_no_draft(post: Post) -> None:
    await post.connect(DRAFTS)
    await post.booked()
    jobs = await post.jobs_done()
    await post.forget_that_mails_were_sent()
    for job in jobs:
        await post.do(job)
    assert in_gmail(post) == BOTH


@pytest.mark.parametrize("fault", [None, "429"])
async def test_two_workers_with_the_same_mail_send_it_once(post: Post, fault: str | None) -> None:
    await post.connect(DRAFTS)
    await post.booked()
    jobs = await post.jobs_planned()
    if fault:
        await post.google.fault(SENDING[DRAFTS], fault, times=4)
    for _ in range(2 if fault else 1):
        await asyncio.gather(*(post.do(job) for job in jobs * 4), return_exceptions=True)
    await asyncio.gather(*(post.do(job) for job in jobs * 2), return_exceptions=True)
    assert in_gmail(post) == BOTH
    assert post.drafts() == 0


async def test_scopes_that_send_no_mail_keep_it(post: Post) -> None:
    await post.connect("https://www.googleapis.com/auth/calendar.freebusy")
    await post.booked()
    await post.work()
    assert sorted(to(mail) for mail in await post.kept()) == BOTH


async def test_that_a_mail_went_out_is_known_for_a_month_at_least_and_takes_no_key_of_its_own(
    post: Post,
) -> None:
    place = ("hanna", "draft")
    assert await note_draft(post.store, WORKSPACE, "m", NOW, place, "one") == place
    await note_sent(post.store, WORKSPACE, "m", NOW)
    sent = MailState(is_sent=True)
    for later in (0, 1, REMEMBERED - 1, REMEMBERED):
        now = NOW + later
        assert await read_mail_state(post.store, WORKSPACE, "m", now) == sent
        assert await note_trying(post.store, WORKSPACE, "m", now, "two") is None
        assert await note_draft(post.store, WORKSPACE, "m", now, place, "two") is None
        assert not await keep_mail(post.store, WORKSPACE, "m", now, b"again")
        assert await read_mail_state(post.store, WORKSPACE, "another", now) == MailState()
    keys = post.store.keys(WORKSPACE)
    assert await post.store.client.exists(keys.mail("m")) == 0
    left = await post.store.client.ttl(keys.sent_mails(NOW // REMEMBERED))
    assert 2 * REMEMBERED - 3600 < left <= 2 * REMEMBERED


async def test_the_newest_mails_are_kept_and_nobody_reads_them_in_redis(post: Post) -> None:
    for number in range(KEPT + 5):
        assert await keep_mail(post.store, WORKSPACE, f"m{number}", NOW, f"secret {number}".encode())
    assert not await keep_mail(post.store, WORKSPACE, "m7", NOW, b"secret again")
    kept = await read_kept_mails(post.store, WORKSPACE)
    assert [mail for mail, _ in kept] == [f"m{number}" for number in reversed(range(5, KEPT + 5))]
    raw = await post.store.client.lrange(post.store.keys(WORKSPACE).kept_mails, 0, -1)
    assert all(b"secret" not in bytes(text) for text in raw if isinstance(text, bytes))
    assert len(raw) == KEPT
    post.store.sealer = Sealer({"another": bytes(32)})
    assert await read_kept_mails(post.store, WORKSPACE) == []
