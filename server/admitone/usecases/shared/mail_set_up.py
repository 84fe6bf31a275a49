"""Whether mails can be sent, and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.google.scopes import sends_mail
from admitone.usecases.shared.google_connection import google_connection

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services


class MailSetUp(msgspec.Struct, frozen=True):
    """The senders for mails about one host's bookings. Without any, mails are kept and not sent."""

    has_server: bool
    """The deployment has a mail server, for hosts without Gmail."""
    has_gmail: bool
    """The host allows sending by their Gmail, even if they must reconnect first."""

    @property
    def sends(self) -> bool:
        """Whether mails are sent, now or as soon as the host has reconnected."""
        return self.has_server or self.has_gmail


async def mail_set_up(services: Services, workspace: str, host: str) -> MailSetUp:
    """The senders for mails about this host's bookings."""
    connection = await google_connection(services, workspace, host, sends_mail)
    return MailSetUp(services.mail.transport is not None, connection is not None)
