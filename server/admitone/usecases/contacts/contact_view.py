"""A contact as the API shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.instant import Instant
from admitone.store.records.contacts.unsubscribed import unsubscribed_at

if TYPE_CHECKING:
    from admitone.domain.contacts.contact import Contact
    from admitone.usecases.shared.services import Services


class ContactView(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to everything that concerns one contact; names and phone are empty where unknown.

    `booked_at` is when this address last booked, by whatever link or page, since the contact exists. Since
    `unsubscribed_at`, workflows mail nothing to this mailbox; only the person can undo that.
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
    unsubscribed_at: Instant | None


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


async def view_contact(services: Services, workspace: str, contact: Contact) -> ContactView:
    """The view of a contact."""
    [view] = await view_contacts(services, workspace, [contact])
    return view


async def view_contacts(services: Services, workspace: str, contacts: Sequence[Contact]) -> list[ContactView]:
    """The views of contacts, in the same order."""
    left = await unsubscribed_at(services.store, workspace, [contact.email for contact in contacts])
    return [_view(contact, at) for contact, at in zip(contacts, left, strict=True)]


def _view(contact: Contact, left: int | None) -> ContactView:
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
        unsubscribed_at=None if left is None else Instant(left),
    )
