"""Change one's own name and time zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.people.time_zone import zone_problems
from admitone.domain.text import line_problems
from admitone.usecases.shared.bodies import refuse
from admitone.usecases.shared.record_writes import existing, replace_record
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from admitone.domain.people.user import User
    from admitone.usecases.shared.services import Caller, Services


class ProfileBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a user writes about themselves; `timezone` None means that no zone was chosen."""

    name: str
    timezone: str | None = None


async def update_profile(services: Services, caller: Caller, body: ProfileBody) -> User:
    """The caller's user after the change; raises Invalid, Busy. Customers see the name as their host's."""
    problems = line_problems("name", body.name)
    if body.timezone is not None:
        problems += zone_problems("timezone", body.timezone)
    refuse(problems)

    async def attempt(caller: Caller) -> User | None:
        before: User = await existing(caller, "user", caller.user.id)
        user = msgspec.structs.replace(before, name=body.name, timezone=body.timezone)
        return user if await replace_record(services, caller, "user", user) else None

    return await settle(caller, attempt)
