"""Scopes: what an API key may do, by areas of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Area = Literal["links", "bookings", "pages", "contacts", "workflows", "reports", "settings"]
Scope = Literal[
    "links:read",
    "links:write",
    "bookings:read",
    "bookings:write",
    "pages:read",
    "pages:write",
    "contacts:read",
    "contacts:write",
    "workflows:read",
    "workflows:write",
    "reports:read",
    "reports:write",
    "settings:read",
    "settings:write",
]
AREAS: Sequence[Area] = get_args(Area)
EVERYTHING: Sequence[Scope] = tuple(scope for scope in get_args(Scope) if scope.endswith(":write"))
"""Every scope: writing includes reading."""


def allows(held: Collection[Scope], needed: Scope) -> bool:
    """Whether a credential with the scopes `held` may do what `needed` stands for."""
    return needed in held or needed.replace(":read", ":write") in held
