"""What is told of a contact wherever one is told of: by the API, and to webhooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from admitone.domain.contacts.contact import Contact


class ToldContact(msgspec.Struct, frozen=True, kw_only=True):
    """A contact as it is now; names and phone are empty where unknown."""

    id: str
    email: str
    first_name: str
    last_name: str
    phone: str
    timezone: str | None
    locale: str | None
    tags: Sequence[str]
    fields: Mapping[str, str]


def told_details(contact: Contact) -> dict[str, Any]:
    """The values of a `ToldContact`, by the names of its fields."""
    return {name: getattr(contact, name) for name in ToldContact.__struct_fields__}
