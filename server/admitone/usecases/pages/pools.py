"""Resource pools as a kind of configuration record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.instant import Instant  # noqa: TC001 - msgspec resolves the annotation
from admitone.domain.pages.master_page_rules import added_member_problems
from admitone.domain.pages.pool import Pool, PoolBody
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.pages.master_pages import MASTER_PAGES
from admitone.usecases.shared.bodies import refuse
from admitone.usecases.shared.records import RecordKind, all_records

if TYPE_CHECKING:
    from admitone.domain.errors import FieldError
    from admitone.usecases.shared.services import Caller, Services


class PoolView(PoolBody, frozen=True, kw_only=True):
    """What was written, with defaults."""

    id: str
    url: str
    created_at: Instant


async def _check(services: Services, caller: Caller, body: PoolBody, before: Pool | None) -> PoolBody:
    found = await caller.snapshot.load(*(("booking_page", member.page) for member in body.members))
    pages = {page.id: page for page in found if page is not None}
    known = {member.page for member in before.members} if before else set()
    problems = body.problems(pages, known)
    if before is not None and not problems and any(member.page not in known for member in body.members):
        problems = await _rule_problems(services, caller, body, before)
    refuse(problems)
    return body


async def _rule_problems(
    services: Services, caller: Caller, body: PoolBody, before: Pool
) -> list[FieldError]:
    """The errors in added members by the rules of master pages that name the pool.

    A rule that is written at this moment is not seen. Such a rule offers the same times: one user never fills
    two places.
    """
    masters = await all_records(services, caller, MASTER_PAGES)
    rules = [rule for master in masters for rule in master.rules]
    named = {each.pool for rule in rules for each in (rule.primary, *rule.additional) if each.pool}
    pools = await caller.snapshot.load(*(("pool", pool) for pool in named))
    found = {pool.id: pool for pool in pools if pool is not None}
    return list(added_member_problems(body, before, masters, found))


POOLS = RecordKind(
    kind="pool",
    body=PoolBody,
    record=Pool,
    view=PoolView,
    path=lambda pool: f"/api/v1/pools/{pool.id}",
    check=_check,
    may_break=lambda _before, _after: True,
    refuse_breaking=refuse_breaking,
)
"""Members read them, administrators write them. A rule whose pool is deleted offers no times."""
