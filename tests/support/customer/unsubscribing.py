"""A contact who unsubscribes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.contacts.contact import Contact, ContactBody
from admitone.domain.mail.unsubscribe_token import make_token
from admitone.store.records.contacts.contacts import read_contacts
from admitone.usecases.contacts.contact_merge import Writer, merge_contact
from admitone.usecases.shared.services import Services
from tests.support.api.deployment import PUBLIC_URL
from tests.support.factories import NOW, WORKSPACE

if TYPE_CHECKING:
    from tests.support.api.deployment import Deployment

CARLA = Contact(id="c4r1a00000000000", email="carla@customer.test", created_at=NOW)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
"""What a mail program sends (RFC 8058)."""


async def unsubscribe_path(at: Deployment, contact: Contact = CARLA) -> str:
    """The path of the page by which a contact unsubscribes."""
    key = await at.store.unsubscribe_key.make()
    return f"/unsubscribe/{make_token(key, WORKSPACE, contact.id, contact.email)}"


async def put_contact(at: Deployment, email: str = CARLA.email) -> Contact:
    """A contact who is stored, with this address."""
    services = Services(at.store, at.clock, PUBLIC_URL, test_addresses=True)
    made = await merge_contact(services, WORKSPACE, ContactBody(email=email), Writer(by="system"))
    [contact] = await read_contacts(at.store, WORKSPACE, [made.id])
    return contact
