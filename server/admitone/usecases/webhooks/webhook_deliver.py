"""Deliver messages to a webhook's endpoint."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.domain.documents import encode_value
from admitone.domain.jobs.job import JobDelayed, JobFailed
from admitone.domain.webhooks.webhook import RETRIED_FOR, Webhook, Webhooks, signature
from admitone.outbound.sender import Reply, Unreachable
from admitone.request_id import current
from admitone.sealing import Kept
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.contacts.contacts import read_contacts
from admitone.store.records.webhook_deliveries import Delivery, note_delivery
from admitone.texts.kept_message import keep
from admitone.texts.message import message
from admitone.usecases.shared.settle import settle_alone
from admitone.usecases.webhooks.webhook_list import WEBHOOKS, read_webhooks, write_webhooks
from admitone.usecases.webhooks.webhook_message import WebhookMessage, event_message, trial_message

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()
OF_CONTACTS = {"contact.created", "contact.tagged"}
"""Events whose message shows a contact."""


async def deliver_webhook(services: Services, job: Job) -> None:
    """Send the job's event to the endpoint, unless the webhook was deleted or disabled meanwhile.

    Nothing is sent about a booking, a link or a contact that was erased.

    Raises JobDelayed for any answer but a 2xx, and JobFailed if the event is 72 hours old. An answer of 410
    disables the webhook.
    """
    wanted = Wanted(booking=job.event.booking, link=job.event.link, records=(WEBHOOKS,))
    snapshot = await read_snapshot(services.store, job.workspace, wanted)
    webhook = (await read_webhooks(snapshot)).find(job.detail)
    if webhook is None or not webhook.enabled:
        return
    if snapshot.is_booking_deleted or (snapshot.is_link_deleted and snapshot.booking is None):
        return
    contact = None
    if job.event.type in OF_CONTACTS and job.event.contact:
        found = await read_contacts(services.store, job.workspace, [job.event.contact])
        if not found:
            return
        contact = found[0]
    await send_message(services, job, webhook, event_message(services, snapshot, job.event, contact))


async def send_message(services: Services, job: Job, webhook: Webhook, told: WebhookMessage) -> None:
    """Send one message, whose id follows from the job's; raises as `deliver_webhook`."""
    try:
        reply = await _send(services, job, webhook, told)
    except Unreachable as error:
        raise _again(services, job, error.reason) from error
    if reply.status == HTTPStatus.GONE:
        await _disable(services, job.workspace, webhook.id)
    elif not HTTPStatus.OK <= reply.status < HTTPStatus.MULTIPLE_CHOICES:
        raise _again(
            services, job, message("It answered %(status)s.", status=reply.status), reply.retry_after
        )


async def deliver_trial(services: Services, job: Job) -> None:
    """Send a test message once; its result is in the list of deliveries."""
    snapshot = await read_snapshot(services.store, job.workspace, Wanted(records=(WEBHOOKS,)))
    webhook = (await read_webhooks(snapshot)).find(job.detail)
    if webhook is None:
        return
    try:
        await _send(services, job, webhook, trial_message(job.event))
    except Unreachable as error:
        log.info("webhook-trial-failed", webhook=webhook.id, reason=str(error.reason))


def message_id(job: Job) -> str:
    """The header `webhook-id`: the same for every attempt at one message."""
    return f"msg_{job.id}"


def _again(services: Services, job: Job, reason: str, after: int | None = None) -> JobDelayed | JobFailed:
    said = message("The webhook’s endpoint was told nothing: %(reason)s", reason=reason)
    if services.now() - job.event.at >= RETRIED_FOR:
        return JobFailed(said)
    return JobDelayed(said, after)


async def _send(services: Services, job: Job, webhook: Webhook, message: WebhookMessage) -> Reply:
    now = services.now()
    body = msgspec.json.encode(message, enc_hook=encode_value)
    secret = services.store.sealer.open(Kept.WEBHOOK, f"{job.workspace}:{webhook.id}", webhook.secret)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "AdmitOne",
        "webhook-id": message_id(job),
        "webhook-timestamp": str(now),
        "webhook-signature": signature(secret, message_id(job), now, body),
    }
    if request_id := current():
        headers["X-Request-Id"] = request_id
    delivery = Delivery(message_id(job), message.type, now)
    try:
        reply = await services.sender.post(webhook.endpoint, headers, body)
    except Unreachable as error:
        failed = msgspec.structs.replace(delivery, reason=str(error.reason), said=keep(error.reason))
        await note_delivery(services.store, job.workspace, webhook.id, failed)
        raise
    answered = msgspec.structs.replace(delivery, status=reply.status)
    await note_delivery(services.store, job.workspace, webhook.id, answered)
    log.info("webhook-sent", message=message_id(job), status=reply.status)
    return reply


async def _disable(services: Services, workspace: str, webhook: str) -> None:
    async def attempt() -> bool | None:
        snapshot = await read_snapshot(services.store, workspace, Wanted(records=(WEBHOOKS,)))
        there = await read_webhooks(snapshot)
        items = [
            msgspec.structs.replace(
                item, enabled=False, disabled=message("The endpoint answered 410 (Gone).")
            )
            if item.id == webhook
            else item
            for item in there.items
        ]
        written = await write_webhooks(services, snapshot, Webhooks(items=items), by="system")
        return True if written else None

    await settle_alone(attempt)
