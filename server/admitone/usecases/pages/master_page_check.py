"""What creating and changing a master page check: its fields, and the rules with what they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.pages.master_page_rules import Named, rule_problems
from admitone.usecases.shared.config_change import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.pages.master_page import MasterPageBody
    from admitone.domain.pages.pool import Pool
    from admitone.store.records.snapshot import Snapshot
    from admitone.usecases.shared.services import Caller


async def check_master_page(caller: Caller, body: MasterPageBody) -> None:
    """Raise Invalid with every place that is wrong."""
    refuse(body.problems() + rule_problems(body, await _named(caller.snapshot, body)))


async def _named(snapshot: Snapshot, body: MasterPageBody) -> Named:
    references = [each for rule in body.rules for each in (rule.primary, *rule.additional)]
    pools: dict[str, Pool] = await _load(snapshot, "pool", (each.pool for each in references))
    members = [member.page for pool in pools.values() for member in pool.members]
    named = [*members, *body.pages, *(each.page for each in references)]
    pages = await _load(snapshot, "booking_page", named)
    wanted = [rule.event_type for rule in body.rules]
    wanted += [event_type for page in pages.values() for event_type in page.event_types]
    return Named(pages, pools, await _load(snapshot, "event_type", wanted))


async def _load(snapshot: Snapshot, kind: str, ids: Iterable[str | None]) -> dict[str, Any]:
    found = await snapshot.load(*dict.fromkeys((kind, each) for each in ids if each))
    return {record.id: record for record in found if record is not None}
