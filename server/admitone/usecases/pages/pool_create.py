"""Create a resource pool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.usecases.pages.pool_check import check_pool
from admitone.usecases.pages.pool_view import pool_record, view_pool
from admitone.usecases.shared.config_change import create_record, earlier_answer
from admitone.usecases.shared.services import new_id

if TYPE_CHECKING:
    from admitone.domain.pages.pool import PoolBody
    from admitone.usecases.shared.services import Caller, Services


async def create_pool(services: Services, caller: Caller, body: PoolBody) -> Any:
    """The new pool's view; raises Invalid, IdempotencyKeyReused."""
    if (earlier := earlier_answer(services, caller)) is not None:
        return earlier
    await check_pool(caller, body)
    record = pool_record(body, record_id=new_id(), created_at=services.now())
    return await create_record(services, caller, "pool", record, view_pool(services, record))
