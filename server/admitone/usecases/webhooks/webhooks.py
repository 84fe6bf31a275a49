"""Webhooks: create, list, show, change and delete them.

All webhooks of a workspace are one record, which is read with its settings whenever jobs are planned. So they
are no kind of record of shared/records.py, but follow the same rules.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import NotFound, WouldBreakWorkflows, invalid
from admitone.domain.webhooks.webhook import MOST, SECRET_BYTES, Webhook, WebhookBody, Webhooks
from admitone.domain.workflows.needs import needs_webhook
from admitone.sealing import Kept
from admitone.store.records.webhook_deliveries import read_deliveries
from admitone.texts.message import message
from admitone.usecases.shared.bodies import changed_body, refuse
from admitone.usecases.shared.listing import Listing
from admitone.usecases.shared.published_workflows import workflows_that
from admitone.usecases.shared.record_writes import answer_to_keep, earlier_answer, final_answer
from admitone.usecases.shared.services import new_id
from admitone.usecases.shared.settle import settle
from admitone.usecases.webhooks.webhook_list import read_webhooks, write_webhooks
from admitone.usecases.webhooks.webhook_view import (
    DeliveryView,
    NewWebhookView,
    WebhookView,
    view_delivery,
    view_new_webhook,
    view_webhook,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.usecases.shared.services import Caller, Services


async def create_webhook(services: Services, caller: Caller, body: WebhookBody) -> NewWebhookView:
    """The new webhook with its secret, which no other answer shows.

    A second call with the same Idempotency-Key returns the first call's view. Raises Invalid (too many
    webhooks included), IdempotencyKeyReused, Busy.
    """
    if (earlier := earlier_answer(services, caller, NewWebhookView)) is not None:
        return earlier
    refuse(body.problems(plain_http=services.plain_webhooks))
    webhook_id, secret = new_id(), secrets.token_bytes(SECRET_BYTES)
    webhook = Webhook(
        id=webhook_id,
        endpoint=body.endpoint,
        events=body.events,
        secret=services.store.sealer.seal(Kept.WEBHOOK, f"{caller.workspace}:{webhook_id}", secret),
        created_at=services.now(),
        enabled=body.enabled,
    )
    view = view_new_webhook(services, webhook, secret)

    async def attempt(caller: Caller) -> NewWebhookView | None:
        there = await read_webhooks(caller.snapshot)
        if len(there.items) >= MOST:
            raise invalid(
                "endpoint",
                message("A workspace has at most %(most)s webhooks.", most=MOST),
            )
        written = await write_webhooks(
            services,
            caller.snapshot,
            Webhooks(items=[*there.items, webhook]),
            by=caller.user.id,
            address=caller.address,
            operation=caller.operation,
            kept=answer_to_keep(services, caller, view),
        )
        return final_answer(services, caller, written, view) if written else None

    return await settle(caller, attempt)


async def existing_webhook(caller: Caller, webhook_id: str) -> Webhook:
    """The webhook with this id; raises NotFound."""
    found = (await read_webhooks(caller.snapshot)).find(webhook_id)
    if found is None:
        raise NotFound
    return found


async def list_webhooks(services: Services, caller: Caller) -> Listing[WebhookView]:
    """All webhooks, oldest first."""
    there = await read_webhooks(caller.snapshot)
    return Listing([view_webhook(services, item) for item in there.items], None)


async def show_webhook(services: Services, caller: Caller, webhook_id: str) -> WebhookView:
    """One webhook; raises NotFound."""
    return view_webhook(services, await existing_webhook(caller, webhook_id))


async def list_deliveries(services: Services, caller: Caller, webhook_id: str) -> Listing[DeliveryView]:
    """The last attempts to deliver to a webhook, newest first; raises NotFound."""
    await existing_webhook(caller, webhook_id)
    found = await read_deliveries(services.store, caller.workspace, webhook_id)
    return Listing([view_delivery(delivery) for delivery in found], None)


async def update_webhook(
    services: Services, caller: Caller, webhook_id: str, patch: Mapping[str, Any]
) -> WebhookView:
    """Apply a merge patch (RFC 7396); raises NotFound, Invalid, Busy."""

    def change(before: Webhook) -> Webhook:
        body = changed_body(before, WebhookBody, patch)
        refuse(body.problems(plain_http=services.plain_webhooks))
        disabled = None if body.enabled else before.disabled
        return msgspec.structs.replace(before, **msgspec.structs.asdict(body), disabled=disabled)

    return view_webhook(services, await _replace(services, caller, webhook_id, change))


async def delete_webhook(
    services: Services, caller: Caller, webhook_id: str, *, confirm: bool = False
) -> None:
    """Delete a webhook, whose endpoint gets no further message.

    Raises NotFound, Busy, and WouldBreakWorkflows unless `confirm`.
    """
    called_by = await workflows_that(caller.snapshot, lambda body: needs_webhook(body, webhook_id))
    if called_by and not confirm:
        raise WouldBreakWorkflows(called_by, 0, 0)
    await _replace(services, caller, webhook_id, lambda _: None)


async def _replace(
    services: Services, caller: Caller, webhook_id: str, change: Callable[[Webhook], Webhook | None]
) -> Webhook:
    """The webhook after the change, or the deleted one if `change` returns None."""

    async def attempt(caller: Caller) -> Webhook | None:
        there = await read_webhooks(caller.snapshot)
        before = there.find(webhook_id)
        if before is None:
            raise NotFound
        after = change(before)
        items = [after if item is before else item for item in there.items]
        kept = Webhooks(items=[item for item in items if item is not None])
        written = await write_webhooks(
            services, caller.snapshot, kept, by=caller.user.id, address=caller.address
        )
        return (after or before) if written else None

    return await settle(caller, attempt)
