"""Who people of the workspace are, for pages that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.user import User
    from admitone.usecases.services import Caller


async def user_names(caller: Caller, ids: Iterable[str]) -> dict[str, str]:
    """The names of these users by id, without those who are not there; it is said who was deactivated."""
    wanted = list(dict.fromkeys(ids))
    users = await caller.snapshot.load(*(("user", user) for user in wanted))
    return {user.id: named(user) for user in users if user is not None}


def named(user: User) -> str:
    """A user's name, and that they were deactivated, if so."""
    return user.name if user.active else f"{user.name} (deactivated)"
