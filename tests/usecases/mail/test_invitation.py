"""The mail that brings an invitation: it holds the link that is accepted, and nothing that is not good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.people.invitation import InvitationBody
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.usecases.accounts.invitation_create import create_invitation
from admitone.usecases.accounts.invitations import delete_invitation
from admitone.usecases.shared.services import Caller
from tests.support.factories import WORKSPACE
from tests.support.mail.workspace_with_mail import parsed

if TYPE_CHECKING:
    from tests.support.mail.smtp_server import MailServer
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail


async def test_the_invited_get_the_link(workspace: WorkspaceWithMail, server: MailServer) -> None:
    workspace.by(server)
    invited = await create_invitation(
        workspace.services, await _host(workspace), InvitationBody(email="ida@guest.test")
    )
    await workspace.work()
    [taken] = server.taken
    assert isinstance(taken.content, bytes)
    mail = parsed(taken.content)
    assert mail["To"] == "ida@guest.test"
    assert "invites you to" in mail["Subject"]
    for kind in "plain", "html":
        part = mail.get_body((kind,))
        assert part is not None
        assert invited.accept_url in part.get_content()


async def test_names_stay_text(workspace: WorkspaceWithMail) -> None:
    await workspace.change("user", "user", name="<b>Hanna</b>\r\nBcc: x@evil.test")
    await _invite(workspace)
    await workspace.work()
    [mail] = await workspace.kept()
    assert mail["Bcc"] is None
    html = mail.get_body(("html",))
    assert html is not None
    assert "<b>" not in html.get_content()


async def test_an_invitation_that_was_withdrawn_is_not_mailed(workspace: WorkspaceWithMail) -> None:
    invited = await create_invitation(
        workspace.services, await _host(workspace), InvitationBody(email="ida@guest.test")
    )
    await delete_invitation(workspace.services, await _host(workspace), invited.id)
    await workspace.work()
    assert await workspace.kept() == []
    assert await workspace.parked() == []


async def _invite(workspace: WorkspaceWithMail) -> Any:
    return await create_invitation(
        workspace.services, await _host(workspace), InvitationBody(email="ida@guest.test")
    )


async def _host(workspace: WorkspaceWithMail) -> Caller:
    snapshot = await read_snapshot(workspace.store, WORKSPACE, Wanted(records=(("user", "user"),)))
    return Caller(snapshot, snapshot.find("user", "user"))
