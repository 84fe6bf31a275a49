"""Mails through the host's Gmail: each arrives, and only once unless an answer was lost."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from admitone.store.records.credentials.google_connections import read_connection
from admitone.usecases.google.google_disconnect import disconnect_google
from admitone.usecases.shared.google_work import RECONNECT
from tests.support.factories import WORKSPACE
from tests.support.mail.delivered import BOTH, SENDING, in_gmail
from tests.support.mail.workspace_with_mail import DRAFTS, HOST_ACCOUNT, SEND, to

if TYPE_CHECKING:
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail


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
