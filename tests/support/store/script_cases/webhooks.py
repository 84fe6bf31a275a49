"""The case of the script of webhook deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.webhook_deliveries import Delivery, note_delivery
from tests.support.factories import NOW, WORKSPACE
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

WEBHOOKS = Cases()


@WEBHOOKS.add("delivery_note", "deliveries")
async def note_a_delivery(store: Store) -> Act:
    delivery = Delivery("msg_1", "link.created", NOW, status=200)
    return lambda: note_delivery(store, WORKSPACE, "webhook", delivery)
