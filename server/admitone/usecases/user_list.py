"""List the users of a workspace, for those who may act for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_list import ListQuery, list_config

if TYPE_CHECKING:
    from admitone.domain.user import User
    from admitone.usecases.services import Caller, Services

AT_ONCE = 200


async def list_users(services: Services, caller: Caller) -> list[User]:
    """Every active user, by name."""
    found: list[User] = []
    cursor: str | None = None
    while True:
        part = await list_config(
            services,
            caller,
            "user",
            ListQuery(limit=AT_ONCE, cursor=cursor),
            matches=lambda user: user.active,
        )
        found += part.items
        cursor = part.next_cursor
        if cursor is None:
            return sorted(found, key=lambda user: user.name.casefold())
