"""List the users of a workspace, for those who may act for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_list import all_config

if TYPE_CHECKING:
    from admitone.domain.user import User
    from admitone.usecases.services import Caller, Services


async def list_users(services: Services, caller: Caller) -> list[User]:
    """Every active user, by name."""
    users: list[User] = await all_config(services, caller, "user")
    return sorted((user for user in users if user.active), key=lambda user: user.name.casefold())
