"""The workspace's webhooks, which are one record of its configuration, and writing that record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Busy
from admitone.domain.event import Event
from admitone.domain.people.audit import audit_entry
from admitone.domain.webhooks.webhook import Webhooks
from admitone.store.codes import Code
from admitone.store.records.configuration.configuration import RecordWrite, write_config
from admitone.store.records.configuration.configuration_cache import SETTINGS_ID, field_of
from admitone.usecases.shared.record_writes import creation_order

if TYPE_CHECKING:
    from admitone.domain.people.audit import AuditEntry
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.store.records.operations import Operation
    from admitone.store.store import ScriptAnswer
    from admitone.usecases.shared.services import Services

WEBHOOKS = ("webhooks", SETTINGS_ID)
"""Kind and id of the record."""


async def read_webhooks(snapshot: Snapshot) -> Webhooks:
    """All webhooks of the workspace, disabled ones too."""
    [found] = await snapshot.load(WEBHOOKS)
    return found or Webhooks()


async def write_webhooks(
    services: Services,
    snapshot: Snapshot,
    webhooks: Webhooks,
    *,
    by: str,
    address: str = "",
    operation: Operation | None = None,
    kept: str = "",
) -> ScriptAnswer | None:
    """Write `webhooks` over those that the snapshot holds; None if these have changed since. Raises Busy.

    `by` is a user's id or `system`, `address` where they call from. `kept` is the answer to keep for the
    operation.
    """
    kind, now = WEBHOOKS[0], services.now()
    before: Webhooks = snapshot.find(*WEBHOOKS) or Webhooks()
    written = await write_config(
        services.store,
        snapshot.workspace,
        [
            RecordWrite(
                kind=kind,
                id=SETTINGS_ID,
                version=snapshot.version(*WEBHOOKS),
                record=webhooks,
                created_at=creation_order(),
            )
        ],
        Event(type="config.updated", at=now, by=by, record=field_of(kind, SETTINGS_ID)),
        now=now,
        operation=operation,
        kept=kept,
        audit=_entry_of_change(before, webhooks, by=by, address=address, at=now),
    )
    if written.code is Code.UNCLAIMED:
        raise Busy
    return None if written.code is Code.MOVED else written


def _entry_of_change(
    before: Webhooks, after: Webhooks, *, by: str, address: str, at: int
) -> AuditEntry | None:
    """The entry of the one webhook that differs, None if none does."""
    for webhook in dict.fromkeys(one.id for one in (*before.items, *after.items)):
        was, is_ = before.find(webhook), after.find(webhook)
        if was != is_:
            return audit_entry("webhook", webhook, was, is_, by=by, address=address, at=at)
    return None
