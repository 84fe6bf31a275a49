"""Withdraw an invitation: its link stops working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_change import delete_record, existing
from admitone.usecases.services import refreshed, settle

if TYPE_CHECKING:
    from admitone.usecases.services import Caller, Services


async def delete_invitation(services: Services, caller: Caller, invitation: str) -> None:
    """Withdraw an invitation; raises NotFound."""

    async def attempt() -> bool | None:
        nonlocal caller
        await existing(caller, "invitation", invitation)
        if await delete_record(services, caller, "invitation", invitation):
            return True
        caller = await refreshed(caller)
        return None

    await settle(attempt)
