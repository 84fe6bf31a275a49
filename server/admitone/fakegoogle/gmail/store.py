"""Mailboxes: finding the caller's, and adding messages."""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING

from admitone.fakegoogle.clock import now
from admitone.fakegoogle.errors import ApiError
from admitone.fakegoogle.records import Message

if TYPE_CHECKING:
    from admitone.fakegoogle.api.call import Context
    from admitone.fakegoogle.records import Data, Mailbox


def mailbox_of(context: Context) -> Mailbox:
    """The caller's own mailbox, named `me` or by address. Raises `ApiError` for another account's."""
    asked = context.parameters["userId"]
    if asked not in ("me", context.account):
        raise ApiError(403, "forbidden", f"Delegation denied for {asked}", canonical="PERMISSION_DENIED")
    return context.state.data.mailboxes[context.account]


def new_message(data: Data, content: bytes, *, labels: list[str], thread_id: str | None = None) -> Message:
    """A message with a new id, in a new thread unless one is given."""
    data.changes += 1
    message_id = secrets.token_hex(8)
    return Message(
        id=message_id,
        thread_id=thread_id or message_id,
        labels=labels,
        raw=base64.urlsafe_b64encode(content).decode(),
        received=int(now() * 1000),
        history_id=data.changes,
    )


def entity_not_found() -> ApiError:
    """404 in Gmail's wording."""
    return ApiError(404, "notFound", "Requested entity was not found.", canonical="NOT_FOUND")
