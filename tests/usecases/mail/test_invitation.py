"""The mail that brings an invitation: it holds the link that is accepted, and nothing that is not good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.people.invitation import InvitationBody
from admitone.store.records.snapshot import Wanted, read_snapshot
from admitone.usecases.accounts.invitation_create import create_invitation
from admitone.usecases.accounts.invitations import delete_invitation
from admitone.usecases.shared.services import Caller
from tests.support.factories import WORKSPACE
from tests.support.mail.post import parsed

if TYPE_CHECKING:
    from tests.support.mail.post import Post
    from tests.support.mail.smtp_server import MailServer


async def test_the_invited_get_the_link(post: Post, server: MailServer) -> None:
    post.by(server)
    invited = await create_invitation(
        post.services, await _host(post), InvitationBody(email="ida@guest.test")
    )
    await post.work()
    [taken] = server.taken
    assert isinstance(taken.content, bytes)
    mail = parsed(taken.content)
    assert mail["To"] == "ida@guest.test"
    assert "invites you to" in mail["Subject"]
    for kind in "plain", "html":
        part = mail.get_body((kind,))
        assert part is not None
        assert invited.accept_url in part.get_content()


async def test_names_stay_text(post: Post) -> None:
    await post.change("user", "user", name="<b>Hanna</b>\r\nBcc: x@evil.test")
    await _invite(post)
    await post.work()
    [mail] = await post.kept()
    assert mail["Bcc"] is None
    html = mail.get_body(("html",))
    assert html is not None
    assert "<b>" not in html.get_content()


async def test_an_invitation_that_was_withdrawn_is_not_mailed(post: Post) -> None:
    invited = await create_invitation(
        post.services, await _host(post), InvitationBody(email="ida@guest.test")
    )
    await delete_invitation(post.services, await _host(post), invited.id)
    await post.work()
    assert await post.kept() == []
    assert await post.parked() == []


async def _invite(post: Post) -> Any:
    return await create_invitation(post.services, await _host(post), InvitationBody(email="ida@guest.test"))


async def _host(post: Post) -> Caller:
    snapshot = await read_snapshot(post.store, WORKSPACE, Wanted(records=(("user", "user"),)))
    return Caller(snapshot, snapshot.find("user", "user"))
