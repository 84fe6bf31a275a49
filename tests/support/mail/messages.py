"""Mails as the server composes them."""

from __future__ import annotations

from typing import Any

from admitone.mail.message import Mailbox, Message
from tests.support.factories import NOW


def a_message(**changes: Any) -> Message:
    """A mail from Hanna Host to Carla Customer, before it is encoded."""
    values: dict[str, Any] = {
        "id": "abc@book.test",
        "sender": Mailbox("bookings@host.test", "Hanna Host"),
        "to": Mailbox("carla@customer.test", "Carla Customer"),
        "reply_to": Mailbox("hanna@host.test", "Hanna Host"),
        "subject": "Booked",
        "text": "See you.\n",
        "html": "<p>See you.</p>",
        "sent_at": NOW,
    }
    return Message(**values | changes)
