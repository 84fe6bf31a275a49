"""Find or create a user by address, for the command line and the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import invalid
from admitone.domain.people.email_address import MESSAGE, normalise_email
from admitone.store.records.directory import look_up
from admitone.usecases.accounts.user_create import NewUser, bears_name, create_user
from admitone.usecases.shared.settle import settle_alone

if TYPE_CHECKING:
    from admitone.domain.people.user import Role, User
    from admitone.usecases.shared.services import Services

PERSONAL_DOMAINS = frozenset({"gmail.com", "googlemail.com"})
"""Domains whose users do not belong to one organisation."""


async def find_user(services: Services, email: str) -> tuple[str, User] | None:
    """The workspace and user of an address, or None; raises Invalid if `email` is not an address."""
    return await find_by_name(services, "address", normal_address(services, email))


async def find_by_name(services: Services, kind: str, name: str) -> tuple[str, User] | None:
    """The workspace and user of a name in the directory, or None; `kind` is `address` or `identity`."""
    claim = await look_up(services.store, kind, name)
    user = await bears_name(services, kind, name, claim) if claim else None
    return (claim.workspace, user) if claim and user else None


async def ensure_user(
    services: Services, email: str, *, name: str, role: Role = "member"
) -> tuple[str, User]:
    """The user of an address, created if necessary in the workspace of its domain; raises Invalid, Busy."""
    address = normal_address(services, email)
    domain = address.rpartition("@")[2]
    new = NewUser(email=address, name=name, role=role, domain=None if domain in PERSONAL_DOMAINS else domain)

    async def attempt() -> tuple[str, User] | None:
        return await find_by_name(services, "address", address) or await create_user(services, new)

    return await settle_alone(attempt)


def normal_address(services: Services, email: str) -> str:
    """An address as the directory has it; raises Invalid if `email` is not an address."""
    address = normalise_email(email, test_addresses=services.test_addresses)
    if address is None:
        raise invalid("email", MESSAGE)
    return address.casefold()
