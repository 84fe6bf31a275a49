"""Delete an API key: the next call with it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NotFound
from admitone.usecases.api_key_view import is_visible
from admitone.usecases.config_change import delete_record, existing
from admitone.usecases.services import refreshed, settle

if TYPE_CHECKING:
    from admitone.domain.user import ApiKey
    from admitone.usecases.services import Caller, Services


async def delete_api_key(services: Services, caller: Caller, key_id: str) -> None:
    """Delete a key; raises NotFound, also for one that the caller may not see."""

    async def attempt() -> bool | None:
        nonlocal caller
        record: ApiKey = await existing(caller, "api_key", key_id)
        if not is_visible(caller, record):
            raise NotFound
        if await delete_record(services, caller, "api_key", key_id):
            return True
        caller = await refreshed(caller)
        return None

    await settle(attempt)
