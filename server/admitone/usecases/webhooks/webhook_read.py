"""Read the workspace's webhooks, and what became of deliveries to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NotFound
from admitone.domain.webhooks.webhook import Webhook, Webhooks
from admitone.store.records.configuration_cache import SETTINGS_ID
from admitone.store.records.webhook_deliveries import read_deliveries
from admitone.usecases.shared.listing import Page
from admitone.usecases.webhooks.webhook_view import DeliveryView, WebhookView, view_delivery, view_webhook

if TYPE_CHECKING:
    from admitone.store.records.snapshot import Snapshot
    from admitone.usecases.shared.services import Caller, Services

WEBHOOKS = ("webhooks", SETTINGS_ID)
"""The workspace's webhooks, among the records to read."""


async def read_webhooks(snapshot: Snapshot) -> Webhooks:
    """All of them, switched off or not."""
    [found] = await snapshot.load(WEBHOOKS)
    return found or Webhooks()


async def existing_webhook(caller: Caller, webhook: str) -> Webhook:
    """The webhook with this id; raises NotFound."""
    found = (await read_webhooks(caller.snapshot)).find(webhook)
    if found is None:
        raise NotFound
    return found


async def list_webhooks(services: Services, caller: Caller) -> Page[WebhookView]:
    """All webhooks, oldest first."""
    there = await read_webhooks(caller.snapshot)
    return Page([view_webhook(services, item) for item in there.items], None)


async def show_webhook(services: Services, caller: Caller, webhook: str) -> WebhookView:
    """One webhook; raises NotFound."""
    return view_webhook(services, await existing_webhook(caller, webhook))


async def list_deliveries(services: Services, caller: Caller, webhook: str) -> Page[DeliveryView]:
    """The last attempts to deliver to a webhook, newest first; raises NotFound."""
    await existing_webhook(caller, webhook)
    found = await read_deliveries(services.store, caller.workspace, webhook)
    return Page([view_delivery(delivery) for delivery in found], None)
