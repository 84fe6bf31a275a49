"""Change a resource pool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.pages.pool import Pool, PoolBody
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.pages.pool_check import check_pool
from admitone.usecases.pages.pool_view import PoolView, pool_record, view_pool
from admitone.usecases.shared.config_change import existing, patched, replace_record
from admitone.usecases.shared.services import refreshed, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.usecases.shared.services import Caller, Services


async def update_pool(
    services: Services,
    caller: Caller,
    record_id: str,
    patch: Mapping[str, Any],
    convert: Callable[[object, type[PoolBody]], PoolBody],
    *,
    confirm: bool = False,
) -> PoolView:
    """Apply a merge patch; `convert` makes a body of a document.

    Raises NotFound, Invalid, WouldBreakLinks unless told to `confirm`.
    """

    async def attempt() -> Pool | None:
        nonlocal caller
        before: Pool = await existing(caller, "pool", record_id)
        body = convert(patched(before, PoolBody, patch), PoolBody)
        await check_pool(caller, body, before)
        record = pool_record(body, record_id=before.id, created_at=before.created_at)
        links = None if confirm else await refuse_breaking(services, caller, ("pool", record.id), record)
        if await replace_record(services, caller, "pool", record, links=links):
            return record
        caller = await refreshed(caller)
        return None

    return view_pool(services, await settle(attempt))
