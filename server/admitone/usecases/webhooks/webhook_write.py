"""Write the workspace's webhooks: what creating, changing and deleting have in common."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from admitone.domain.errors import Busy
from admitone.domain.event import Event
from admitone.store.codes import Code
from admitone.store.records.configuration import RecordWrite, write_config
from admitone.store.records.configuration_cache import SETTINGS_ID, field_of
from admitone.usecases.webhooks.webhook_read import WEBHOOKS

if TYPE_CHECKING:
    from admitone.domain.webhooks.webhook import Webhooks
    from admitone.store.records.operations import Operation
    from admitone.store.records.snapshot import Snapshot
    from admitone.store.store import ScriptAnswer
    from admitone.usecases.shared.services import Services


async def write_webhooks(
    services: Services,
    snapshot: Snapshot,
    webhooks: Webhooks,
    *,
    by: str,
    operation: Operation | None = None,
    kept: str = "",
) -> ScriptAnswer | None:
    """Write `webhooks` over those that the snapshot holds; None where these have moved. Raises Busy."""
    kind = WEBHOOKS[0]
    written = await write_config(
        services.store,
        snapshot.workspace,
        [
            RecordWrite(
                kind=kind,
                id=SETTINGS_ID,
                version=snapshot.version(*WEBHOOKS),
                record=webhooks,
                created_at=time.time_ns() // 1000,
            )
        ],
        Event(type="config.updated", at=services.now(), by=by, record=field_of(kind, SETTINGS_ID)),
        now=services.now(),
        operation=operation,
        kept=kept,
    )
    if written.code is Code.UNCLAIMED:
        raise Busy
    return None if written.code is Code.MOVED else written
