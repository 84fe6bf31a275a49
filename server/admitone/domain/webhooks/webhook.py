"""Webhooks: endpoints of users that receive events, signed according to Standard Webhooks.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from admitone.domain.errors import FieldError
from admitone.domain.text import line_problems
from admitone.texts.message import message

EVENTS: Mapping[EventKind, str] = {
    "link.created": message("A link is created"),
    "link.opened": message("A person opens a link"),
    "link.expired": message("A link expires"),
    "link.revoked": message("A link is revoked"),
    "booking.scheduled": message("A booking is scheduled"),
    "booking.rescheduled": message("A booking is rescheduled"),
    "booking.cancelled": message("A booking is cancelled"),
    "booking.completed": message("A booking is completed"),
    "booking.no_show": message("A customer did not come"),
    "booking.no_show_undone": message("A no-show is taken back"),
    "contact.created": message("A contact is added"),
    "contact.tagged": message("A contact gets a tag"),
    "workflow.entered": message("A contact enters a workflow"),
    "workflow.finished": message("A contact completes a workflow"),
    "workflow.stopped": message("A workflow stops for a contact"),
    "workflow.failed": message("A step of a workflow fails"),
    "workflow.published": message("A workflow is published"),
    "workflow.unpublished": message("A workflow is unpublished"),
}
"""The events that a webhook can receive, with their names in the dashboard; docs/webhooks.md lists them."""
if TYPE_CHECKING:
    from admitone.domain.event import EventKind

    WebhookEvent = EventKind
else:
    WebhookEvent = Literal[tuple(EVENTS)]  # the schema and the check of a body name these only
MOST = 20
"""Webhooks of one workspace at most."""
ENDPOINT = 2000
"""Characters in an endpoint's address at most."""
SECRET_BYTES = 24
RETRIED_FOR = 72 * 3600
"""Seconds after an event during which its deliveries are retried."""


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """One endpoint that receives `events`; `secret` is sealed; `disabled` says why we disabled it."""

    id: str
    endpoint: str
    events: Sequence[WebhookEvent]
    secret: str
    created_at: int
    enabled: bool = True
    disabled: str | None = None


class Webhooks(msgspec.Struct, frozen=True, kw_only=True):
    """All webhooks of a workspace, oldest first: one record, which planning reads with the settings."""

    items: Sequence[Webhook] = ()

    def find(self, webhook: str) -> Webhook | None:
        """The webhook with this id."""
        return next((item for item in self.items if item.id == webhook), None)

    def wanting(self, event: str) -> list[Webhook]:
        """The webhooks that receive events of this type."""
        return [item for item in self.items if item.enabled and event in item.events]


class WebhookBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes of a webhook."""

    endpoint: str
    events: Annotated[list[WebhookEvent], Meta(min_length=1, max_length=len(EVENTS))]
    enabled: bool = True

    def problems(self, *, plain_http: bool) -> list[FieldError]:
        """The errors in the values; `plain_http` allows endpoints without TLS."""
        found = line_problems("endpoint", self.endpoint, most=ENDPOINT) or endpoint_problems(
            self.endpoint, plain_http
        )
        if len(set(self.events)) != len(self.events):
            found.append(FieldError("events", message("An event is named twice.")))
        return found


def endpoint_problems(endpoint: str, plain_http: bool) -> list[FieldError]:
    """The errors in the text of an endpoint; its network address is checked when it is called."""
    schemes = ("https", "http") if plain_http else ("https",)
    try:
        parts = urlsplit(endpoint)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        named = False
    if not named or parts.scheme not in schemes or not endpoint.isascii():
        return [
            FieldError(
                "endpoint", message("Write an address that begins with %(scheme)s://.", scheme=schemes[0])
            )
        ]
    if parts.username or parts.password or parts.fragment:
        return [FieldError("endpoint", message("Leave out user names, passwords and what follows a #."))]
    return []


def signature(secret: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature` of a message."""
    signed = b".".join([message_id.encode(), str(timestamp).encode(), body])
    return f"v1,{b64encode(hmac.digest(secret, signed, 'sha256')).decode()}"


def shown_secret(secret: bytes) -> str:
    """The secret in the form that people copy into their receiver."""
    return f"whsec_{b64encode(secret).decode()}"
