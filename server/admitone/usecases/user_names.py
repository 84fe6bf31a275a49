"""Who people of the workspace are, for pages that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.usecases.services import Caller


async def user_names(caller: Caller, ids: Iterable[str]) -> dict[str, str]:
    """The names of these users by id, without those who are not there."""
    wanted = list(dict.fromkeys(ids))
    users = await caller.snapshot.load(*(("user", user) for user in wanted))
    return {user.id: user.name for user in users if user is not None}
