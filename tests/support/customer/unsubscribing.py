"""A contact who unsubscribes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.contacts.contact import Contact
from admitone.domain.mail.unsubscribe_token import make_token
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


async def put_contact(at: Deployment, email: str = CARLA.email) -> None:
    """Have Carla's contact stored, with this address."""
    key = at.store.keys(WORKSPACE).contact(CARLA.id)
    await at.store.client.hset(key, mapping={"email": email, "created": NOW, "v": 1})
