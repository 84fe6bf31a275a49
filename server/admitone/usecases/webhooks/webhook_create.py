"""Make a webhook, whose secret is shown once."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from admitone.domain.errors import invalid
from admitone.domain.webhooks.webhook import MOST, SECRET_BYTES, Webhook, Webhooks
from admitone.sealing import Kept
from admitone.store.codes import Code
from admitone.store.records.operations import keep_answer, kept_answer
from admitone.usecases.shared.config_change import earlier_answer, refuse
from admitone.usecases.shared.services import new_id, refreshed, settle
from admitone.usecases.webhooks.webhook_read import read_webhooks
from admitone.usecases.webhooks.webhook_view import view_new_webhook
from admitone.usecases.webhooks.webhook_write import write_webhooks

if TYPE_CHECKING:
    from admitone.domain.webhooks.webhook import WebhookBody
    from admitone.usecases.shared.services import Caller, Services


async def create_webhook(services: Services, caller: Caller, body: WebhookBody) -> Any:
    """The new webhook; raises Invalid, IdempotencyKeyReused."""
    if (earlier := earlier_answer(services, caller)) is not None:
        return earlier
    refuse(body.problems(plain_http=services.plain_webhooks))
    webhook_id, secret = new_id(), secrets.token_bytes(SECRET_BYTES)
    sealer = services.store.sealer
    webhook = Webhook(
        id=webhook_id,
        endpoint=body.endpoint,
        events=body.events,
        secret=sealer.seal(Kept.WEBHOOK, f"{caller.workspace}:{webhook_id}", secret),
        created_at=services.now(),
        enabled=body.enabled,
    )
    answer = view_new_webhook(services, webhook, secret)
    operation = caller.operation

    async def attempt() -> Any:
        nonlocal caller
        there = await read_webhooks(caller.snapshot)
        if len(there.items) >= MOST:
            raise invalid("endpoint", f"There are {MOST} webhooks already, which is as many as there can be.")
        written = await write_webhooks(
            services,
            caller.snapshot,
            Webhooks(items=[*there.items, webhook]),
            by=caller.user.id,
            operation=operation,
            kept=keep_answer(operation, answer, sealer) if operation else "",
        )
        if written is None:
            caller = await refreshed(caller)
            return None
        if written.code is Code.APPLIED and operation:
            return kept_answer(operation, written.rest[0], sealer)
        return answer

    return await settle(attempt)
