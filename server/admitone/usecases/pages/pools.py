"""Resource pools as a kind of configuration record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.instant import Instant  # noqa: TC001 - msgspec resolves the annotation
from admitone.domain.pages.pool import Pool, PoolBody
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.shared.bodies import refuse
from admitone.usecases.shared.records import RecordKind

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


class PoolView(PoolBody, frozen=True, kw_only=True):
    """What was written, with defaults."""

    id: str
    url: str
    created_at: Instant


async def _check(_services: Services, caller: Caller, body: PoolBody, before: Pool | None) -> PoolBody:
    found = await caller.snapshot.load(*(("booking_page", member.page) for member in body.members))
    pages = {page.id: page for page in found if page is not None}
    refuse(body.problems(pages, {member.page for member in before.members} if before else ()))
    return body


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
