"""What creating and changing a pool check: its fields and its members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.shared.config_change import refuse

if TYPE_CHECKING:
    from admitone.domain.pages.pool import PoolBody
    from admitone.usecases.shared.services import Caller


async def check_pool(caller: Caller, body: PoolBody, before: PoolBody | None = None) -> None:
    """Raise Invalid with every place that is wrong."""
    found = await caller.snapshot.load(*(("booking_page", member.page) for member in body.members))
    pages = {page.id: page for page in found if page is not None}
    refuse(body.problems(pages, {member.page for member in before.members} if before else ()))
