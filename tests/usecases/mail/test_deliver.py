"""Mails through the workspace's mail server: each arrives, and only once unless an answer was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.store.records.credentials.google_connections import change_connection
from tests.support.factories import WORKSPACE
from tests.support.mail.delivered import BOTH, SENDING, content_of, in_gmail, in_server
from tests.support.mail.smtp_server import DROP_AFTER, DROP_BEFORE
from tests.support.mail.workspace_with_mail import DRAFTS, FROM, parsed

if TYPE_CHECKING:
    from tests.support.mail.smtp_server import MailServer
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail


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
    assert (workspace.services.mail.counts.repeats, workspace.services.mail.counts.refused) == (0, 3)
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
    assert (workspace.services.mail.counts.repeats, workspace.services.mail.counts.refused) == (1, 1)
    ids = [parsed(content_of(envelope))["Message-ID"] for envelope in server.taken]
    assert len(set(ids)) == 2


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
