"""A contact as the API shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.instant import Instant

if TYPE_CHECKING:
    from admitone.domain.contacts.contact import Contact


class ContactView(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to everything that concerns one contact; names and phone are empty where unknown.

    `booked_at` is when this address last booked, by whatever link or page, since the contact exists.
    """

    id: str
    email: str
    first_name: str
    last_name: str
    phone: str
    timezone: str | None
    locale: str | None
    tags: Sequence[str]
    fields: Mapping[str, str]
    created_at: Instant
    booked_at: Instant | None


class MergedView(msgspec.Struct, frozen=True):
    """What became of one entry of a batch: a new contact, or a contact that has this address already."""

    id: str
    email: str
    result: Literal["created", "merged"]


class TagView(msgspec.Struct, frozen=True):
    """A tag, and how many contacts have it."""

    tag: str
    contacts: int


class TagsView(msgspec.Struct, frozen=True):
    """All tags of the workspace's contacts, in alphabetical order."""

    tags: list[TagView]


def view_contact(contact: Contact) -> ContactView:
    """The view of a contact."""
    return ContactView(
        id=contact.id,
        email=contact.email,
        first_name=contact.first_name,
        last_name=contact.last_name,
        phone=contact.phone,
        timezone=contact.timezone,
        locale=contact.locale,
        tags=contact.tags,
        fields=contact.fields,
        created_at=Instant(contact.created_at),
        booked_at=None if contact.booked_at is None else Instant(contact.booked_at),
    )
