"""What users are called where they are shown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.people.user import User


def named(user: User) -> str:
    """A user's name, with "(deactivated)" or "(has left)" after it if that is so."""
    if user.active:
        return user.name
    return f"{user.name} ({'deactivated' if user.left_at is None else 'has left'})"


def names_apart(users: Iterable[User]) -> dict[str, str]:
    """The names of users who are shown together, by id: as `named`, with the address if names are equal."""
    found = list(users)
    times = Counter(named(user).casefold() for user in found)
    return {
        user.id: named(user) if times[named(user).casefold()] == 1 else f"{named(user)} ({user.email})"
        for user in found
    }
