"""The mails of one booking, by where they have arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.mail.workspace_with_mail import DRAFTS, SEND, to

if TYPE_CHECKING:
    from aiosmtpd.smtp import Envelope

    from tests.support.mail.smtp_server import MailServer
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail

BOTH = ["carla@customer.test", "hanna@host.test"]
"""The recipients of the mails of one booking, sorted."""
SENDING = {DRAFTS: "gmail.users.drafts.send", SEND: "gmail.users.messages.send"}
"""The call that sends a mail, by the scope that was granted."""


def in_server(server: MailServer) -> list[str]:
    """The recipients of the mails that the mail server took, sorted."""
    return sorted(envelope.rcpt_tos[0] for envelope in server.taken)


def content_of(envelope: Envelope) -> bytes:
    """An envelope's mail as bytes."""
    assert isinstance(envelope.content, bytes)
    return envelope.content


def in_gmail(workspace: WorkspaceWithMail) -> list[str]:
    """The recipients of the mails that the host's Gmail sent, sorted."""
    return sorted(to(mail) for mail in workspace.in_gmail())
