"""The deployment's own way of sending mail, counts of what was sent, and what renders its templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from admitone.mail.renderer import Renderer

if TYPE_CHECKING:
    from admitone.mail.message import Message

Way = Literal["gmail", "smtp", "kept"]
"""How a mail was handled: sent by the host's Gmail, sent by the deployment's server, or kept."""


class MailTransport(Protocol):
    """Sends mail from `sender`, the deployment's own address."""

    sender: str

    async def send(self, message: Message, *, key: str) -> None:
        """Send a mail; `key` names it in the log.

        Raises:
            AddressError: an address of the mail is not valid.
            MailNotSent: the mail was certainly not sent.
            MailOutcomeUnknown: the mail may have been sent.
        """


class MailCounts(msgspec.Struct):
    """Counts of this process since it started."""

    sent: dict[Way, int] = msgspec.field(default_factory=lambda: {"gmail": 0, "smtp": 0, "kept": 0})
    refused: int = 0
    """Attempts at which the mail server refused a mail, or did not answer."""
    repeats: int = 0
    """Mails that were sent again after an attempt with an unknown outcome."""
    fallbacks: int = 0
    """Mails that used the built-in template because the workspace's own failed."""
    held: int = 0
    """Mails that were held because a budget was used up."""
    superseded: int = 0
    """Held mails that were dropped because a later mail says what is true by then."""
    lapsed: int = 0
    """Held mails that were given up after a day."""
    untold: int = 0
    """Changes of calendar events of which Google told no guest, because a budget was used up."""


class Mail(msgspec.Struct, frozen=True):
    """The deployment's mail; without a `transport`, hosts' Gmail sends mails, or they are kept."""

    transport: MailTransport | None = None
    counts: MailCounts = msgspec.field(default_factory=MailCounts)
    renderer: Renderer = msgspec.field(default_factory=Renderer)
