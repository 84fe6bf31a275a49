"""The users of a workspace: their view, lists of them, and their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.people.user import Role
from admitone.domain.people.user_names import names_apart
from admitone.usecases.shared.listing import Listing, ListQuery, map_listing
from admitone.usecases.shared.record_writes import existing
from admitone.usecases.shared.records import all_stored, stored_records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.people.user import User
    from admitone.usecases.shared.services import Caller, Services


class UserBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an administrator changes of a user; their name and address are Google's."""

    role: Role = "member"
    active: bool = True


class UserView(UserBody, frozen=True, kw_only=True):
    """A user; `signed_in` says whether they have, or were only made; `left_at` is null unless they left."""

    id: str
    url: str
    name: str
    email: str
    created_at: Instant
    signed_in: bool
    left_at: Instant | None


def view_user(services: Services, user: User) -> UserView:
    """The view of a user."""
    return UserView(
        id=user.id,
        url=f"{services.public_url}/api/v1/users/{user.id}",
        name=user.name,
        email=user.email,
        role=user.role,
        active=user.active,
        created_at=Instant(user.created_at),
        signed_in=user.subject is not None,
        left_at=None if user.left_at is None else Instant(user.left_at),
    )


async def list_users(services: Services, caller: Caller, query: ListQuery) -> Listing[UserView]:
    """One part of the list of users, deactivated ones too; raises Invalid for a bad cursor."""
    found = await stored_records(services, caller, "user", query)
    return map_listing(found, lambda user: view_user(services, user))


async def read_user(services: Services, caller: Caller, user_id: str) -> UserView:
    """One user; raises NotFound."""
    return view_user(services, await existing(caller, "user", user_id))


async def active_users(services: Services, caller: Caller) -> list[User]:
    """Every active user, by name."""
    users: list[User] = await all_stored(services, caller, "user")
    return sorted((user for user in users if user.active), key=lambda user: user.name.casefold())


async def user_names(caller: Caller, ids: Iterable[str]) -> dict[str, str]:
    """The names of these users by id, as `names_apart` writes them; ids of deleted users are left out."""
    wanted = list(dict.fromkeys(ids))
    users = await caller.snapshot.load(*(("user", user) for user in wanted))
    return names_apart(user for user in users if user is not None)
