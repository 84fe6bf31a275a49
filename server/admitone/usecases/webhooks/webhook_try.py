"""Send a test message to a webhook's endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.event import Event
from admitone.domain.jobs.job import Job
from admitone.request_id import current
from admitone.store.outbox.outbox import put_in
from admitone.usecases.shared.services import new_id
from admitone.usecases.webhooks.webhook_deliver import message_id
from admitone.usecases.webhooks.webhooks import existing_webhook

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


class TriedMessage(msgspec.Struct, frozen=True):
    """The id of the message, by which its delivery is found."""

    message: str


async def try_webhook(services: Services, caller: Caller, webhook: str) -> TriedMessage:
    """Send one `webhook.test` in the background, without retries; raises NotFound."""
    await existing_webhook(caller, webhook)
    event = Event(type="timer.due", at=services.now(), by=caller.user.id)
    job = Job(new_id(), "webhook.test", caller.workspace, event, webhook, request=current())
    await put_in(services.store, caller.workspace, [msgspec.json.encode(job).decode()])
    return TriedMessage(message_id(job))
