"""Change or delete a webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import NotFound
from admitone.domain.webhooks.webhook import Webhook, WebhookBody, Webhooks
from admitone.usecases.shared.config_change import patched, refuse
from admitone.usecases.shared.services import refreshed, settle
from admitone.usecases.webhooks.webhook_read import read_webhooks
from admitone.usecases.webhooks.webhook_view import WebhookView, view_webhook
from admitone.usecases.webhooks.webhook_write import write_webhooks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.usecases.shared.services import Caller, Services


async def update_webhook(
    services: Services,
    caller: Caller,
    webhook: str,
    patch: Mapping[str, Any],
    convert: Callable[[object, type[WebhookBody]], WebhookBody],
) -> WebhookView:
    """Apply a merge patch; `convert` makes a body of a document. Raises NotFound, Invalid."""

    def change(before: Webhook) -> Webhook:
        body = convert(patched(before, WebhookBody, patch), WebhookBody)
        refuse(body.problems(plain_http=services.plain_webhooks))
        disabled = None if body.enabled else before.disabled
        return msgspec.structs.replace(before, **msgspec.structs.asdict(body), disabled=disabled)

    return view_webhook(services, await _replace(services, caller, webhook, change))


async def delete_webhook(services: Services, caller: Caller, webhook: str) -> None:
    """Delete a webhook: it is told of nothing more. Raises NotFound."""
    await _replace(services, caller, webhook, lambda _: None)


async def _replace(
    services: Services, caller: Caller, webhook: str, change: Callable[[Webhook], Webhook | None]
) -> Webhook:
    async def attempt() -> Webhook | None:
        nonlocal caller
        there = await read_webhooks(caller.snapshot)
        before = there.find(webhook)
        if before is None:
            raise NotFound
        after = change(before)
        items = [after if item is before else item for item in there.items]
        kept = Webhooks(items=[item for item in items if item is not None])
        if await write_webhooks(services, caller.snapshot, kept, by=caller.user.id):
            return after or before
        caller = await refreshed(caller)
        return None

    return await settle(attempt)
