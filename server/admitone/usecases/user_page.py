"""Show the users of a workspace to its administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_change import existing
from admitone.usecases.config_list import ListQuery, list_config
from admitone.usecases.listing import Page
from admitone.usecases.user_view import UserView, view_user

if TYPE_CHECKING:
    from admitone.usecases.services import Caller, Services


async def page_users(services: Services, caller: Caller, query: ListQuery) -> Page[UserView]:
    """One page of all users, those who were deactivated too; raises Invalid for a bad cursor."""
    found = await list_config(services, caller, "user", query)
    return Page([view_user(services, user) for user in found.items], found.next_cursor)


async def read_user(services: Services, caller: Caller, user_id: str) -> UserView:
    """One user; raises NotFound."""
    return view_user(services, await existing(caller, "user", user_id))
