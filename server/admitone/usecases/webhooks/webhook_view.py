"""A webhook as the API shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.webhooks.webhook import WebhookBody, shown_secret
from admitone.texts.kept_message import restore

if TYPE_CHECKING:
    from admitone.domain.webhooks.webhook import Webhook
    from admitone.store.records.webhook_deliveries import Delivery
    from admitone.usecases.shared.services import Services


class WebhookView(WebhookBody, frozen=True, kw_only=True):
    """A webhook without its secret; `disabled` is why it was switched off, where that was not a person."""

    id: str
    url: str
    created_at: Instant
    disabled: str | None


class NewWebhookView(WebhookView, frozen=True, kw_only=True):
    """A webhook at the only moment at which its secret is shown."""

    secret: str


class DeliveryView(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt to deliver; `status` is the answer's, null where there was none, for the `reason`."""

    message: str
    event: str
    at: Instant
    status: int | None
    reason: str | None


def view_webhook(services: Services, webhook: Webhook) -> WebhookView:
    """The view of a webhook."""
    return WebhookView(**_values(services, webhook))


def view_new_webhook(services: Services, webhook: Webhook, secret: bytes) -> NewWebhookView:
    """The view of a webhook that was just created, with its secret."""
    return NewWebhookView(**_values(services, webhook), secret=shown_secret(secret))


def view_delivery(delivery: Delivery) -> DeliveryView:
    """The view of an attempt to deliver."""
    return DeliveryView(
        message=delivery.message,
        event=delivery.event,
        at=Instant(delivery.at),
        status=delivery.status,
        reason=restore(delivery.reason, delivery.said) if delivery.reason else None,
    )


def _values(services: Services, webhook: Webhook) -> dict[str, Any]:
    return {
        "id": webhook.id,
        "url": f"{services.public_url}/api/v1/webhooks/{webhook.id}",
        "endpoint": webhook.endpoint,
        "events": list(webhook.events),
        "enabled": webhook.enabled,
        "created_at": Instant(webhook.created_at),
        "disabled": webhook.disabled,
    }
