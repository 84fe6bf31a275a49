"""A user as administrators see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.user import Role

if TYPE_CHECKING:
    from admitone.domain.user import User
    from admitone.usecases.services import Services


class UserBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an administrator changes of a user; their name and address are Google's."""

    role: Role = "member"
    active: bool = True


class UserView(UserBody, frozen=True, kw_only=True):
    """A user; `signed_in` says whether they ever have, or were only made."""

    id: str
    url: str
    name: str
    email: str
    created_at: Instant
    signed_in: bool


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
    )
