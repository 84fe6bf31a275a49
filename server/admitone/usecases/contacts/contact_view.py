"""A contact as the API shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.instant import Instant
from admitone.store.records.contacts.unsubscribed import unsubscribed_at
from admitone.usecases.contacts.contact_details import ToldContact, told_details

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.contacts.contact import Contact
    from admitone.usecases.shared.services import Services


class ContactView(ToldContact, frozen=True, kw_only=True):
    """The answer to everything that concerns one contact; names and phone are empty where unknown.

    `booked_at` is when this address last booked, by whatever link or page, since the contact exists. Since
    `unsubscribed_at`, workflows mail nothing to this mailbox; only the person can undo that.
    """

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
        **told_details(contact),
        created_at=Instant(contact.created_at),
        booked_at=None if contact.booked_at is None else Instant(contact.booked_at),
        unsubscribed_at=None if left is None else Instant(left),
    )
