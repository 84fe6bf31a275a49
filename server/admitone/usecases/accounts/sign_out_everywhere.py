"""Sign out everywhere: all sessions, apps and API keys of the caller end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.usecases.shared.record_writes import existing, replace_record
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from admitone.domain.people.user import User
    from admitone.usecases.shared.services import Caller, Services


async def sign_out_everywhere(services: Services, caller: Caller) -> None:
    """End every credential of the caller, the one of this call too; raises Busy.

    The records of sessions and grants stay until they expire: each request compares their epoch.
    """

    async def attempt(caller: Caller) -> bool | None:
        before: User = await existing(caller, "user", caller.user.id)
        user = msgspec.structs.replace(before, epoch=before.epoch + 1)
        return True if await replace_record(services, caller, "user", user, ends=True) else None

    await settle(caller, attempt)
