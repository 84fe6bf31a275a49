"""The outcomes of the last deliveries to each webhook, for the dashboard and the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.store.redis.coalescer import Command
from admitone.texts.kept_message import KeptMessage

if TYPE_CHECKING:
    from admitone.store.store import Store

KEPT = 20
LIFETIME = 30 * 86_400


class Delivery(msgspec.Struct, frozen=True, omit_defaults=True):
    """One attempt at `at` (epoch seconds); without an answer `status` is None and `reason` says why.

    `said` is the message of the reason.
    """

    message: str
    event: str
    at: int
    status: int | None = None
    reason: str | None = None
    said: KeptMessage | None = None


_decoder = msgspec.json.Decoder(Delivery)


async def note_delivery(store: Store, workspace: str, webhook: str, delivery: Delivery) -> None:
    """Add a delivery to the last ones of its webhook."""
    text = msgspec.json.encode(delivery).decode()
    arguments = {"delivery": text, "most": KEPT, "lifetime": LIFETIME}
    await store.call("delivery_note", {"deliveries": store.keys(workspace).deliveries(webhook)}, arguments)


async def read_deliveries(store: Store, workspace: str, webhook: str) -> list[Delivery]:
    """The last deliveries to a webhook, newest first."""
    [texts] = await store.send(Command(("LRANGE", store.keys(workspace).deliveries(webhook), 0, -1)))
    return [_decoder.decode(text) for text in texts]
