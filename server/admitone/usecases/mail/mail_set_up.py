"""Whether mail goes out, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.google.scopes import sends_mail
from admitone.store.records.google_connections import read_connection

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services


class MailSetUp(msgspec.Struct, frozen=True):
    """What sends the mail of one host's bookings; neither: it is kept, and reaches nobody."""

    has_server: bool
    """The deployment's own mail server sends where a host's Gmail does not."""
    has_gmail: bool
    """The host lets us send by their Gmail, whether or not they must connect anew first."""

    @property
    def sends(self) -> bool:
        """Whether mail goes out, now or once the host has connected anew."""
        return self.has_server or self.has_gmail


async def mail_set_up(services: Services, workspace: str, host: str) -> MailSetUp:
    """What sends the mail of this host's bookings."""
    connection = await read_connection(services.store, workspace, host)
    has_gmail = services.google is not None and connection is not None and sends_mail(connection.scopes)
    return MailSetUp(services.mail.transport is not None, has_gmail)
