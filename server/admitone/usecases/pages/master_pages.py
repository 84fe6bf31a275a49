"""Master pages as a kind of configuration record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.instant import Instant  # noqa: TC001 - msgspec resolves the annotation
from admitone.domain.pages.master_page import MasterPage, MasterPageBody
from admitone.domain.pages.master_page_rules import Named, rule_problems
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.shared.bodies import refuse
from admitone.usecases.shared.records import RecordKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.pages.pool import Pool
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Caller, Services


class MasterPageView(MasterPageBody, frozen=True, kw_only=True):
    """What was written, with defaults; `url` is the general link's address."""

    id: str
    url: str
    created_at: Instant


async def _check(
    _services: Services, caller: Caller, body: MasterPageBody, _before: MasterPage | None
) -> MasterPageBody:
    refuse(body.problems() + rule_problems(body, await _named(caller.snapshot, body)))
    return body


async def _named(snapshot: Snapshot, body: MasterPageBody) -> Named:
    """The records that the body names, and those that these name."""
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


MASTER_PAGES = RecordKind(
    kind="master_page",
    body=MasterPageBody,
    record=MasterPage,
    view=MasterPageView,
    path=lambda page: f"/{page.slug}",
    check=_check,
    slug=lambda page: page.slug,
    may_break=lambda _before, _after: True,
    refuse_breaking=refuse_breaking,
)
"""Members read them, administrators write them.

The definition of the rule type that is not in force is kept."""
