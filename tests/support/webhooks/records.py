"""A workspace with a webhook, written straight into the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.webhooks.webhook import Webhook, Webhooks
from admitone.sealing import Kept
from admitone.store.records.configuration.configuration import RecordWrite
from tests.support.factories import (
    NOW,
    SEALER,
    WORKSPACE,
    a_booking_page,
    a_user,
    an_event_type,
    some_settings,
)
from tests.support.store.actions import a_write, put_records

if TYPE_CHECKING:
    from admitone.store.store import Store
    from tests.support.webhooks.receiver import Receiver


async def put_webhook(store: Store, receiver: Receiver, *events: str) -> None:
    """Write a workspace whose webhook sends these events to the receiver, with a host and their page."""
    secret = SEALER.seal(Kept.WEBHOOK, f"{WORKSPACE}:hook", bytes(24))
    hook = Webhook(id="hook", endpoint=receiver.url, events=events, secret=secret, created_at=NOW)  # type: ignore[arg-type]
    kept = RecordWrite(kind="webhooks", id="-", version=0, record=Webhooks(items=[hook]), created_at=NOW)
    records = [("settings", some_settings()), ("user", a_user()), ("event_type", an_event_type())]
    writes = [a_write(kind, record) for kind, record in records]
    await put_records(store, kept, *writes, a_write("booking_page", a_booking_page()))
