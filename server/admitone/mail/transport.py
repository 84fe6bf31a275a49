"""What sends mail for the whole deployment, and what is counted of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

if TYPE_CHECKING:
    from admitone.mail.message import Message

Way = Literal["gmail", "smtp", "kept"]
"""How a mail left: by the host's Gmail, by the deployment's server, or not, and is kept to be looked at."""


class MailTransport(Protocol):
    """Sends mail from `sender`'s address, which is the deployment's own."""

    sender: str

    async def send(self, message: Message, *, key: str) -> None:
        """Hand over a mail; `key` names it in what is logged.

        Raises:
            AddressError: it has an address that is none.
            MailNotSent: nobody has it.
            MailOutcomeUnknown: it may have been sent.
        """


class MailCounts(msgspec.Struct):
    """What this process did since it started."""

    sent: dict[Way, int] = msgspec.field(default_factory=lambda: {"gmail": 0, "smtp": 0, "kept": 0})
    repeats: int = 0
    """Mails that were handed over again after an attempt whose outcome nobody knows."""
    fallbacks: int = 0
    """Mails that went out by the built-in template, as the workspace's own could not be used."""


class Mail(msgspec.Struct, frozen=True):
    """The deployment's mail; without a `transport`, hosts' Gmail sends, or mail is kept."""

    transport: MailTransport | None = None
    counts: MailCounts = msgspec.field(default_factory=MailCounts)
