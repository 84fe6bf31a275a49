"""Contacts to choose from, in the panels of a workflow: found by a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.usecases.contacts.contact_list import ContactQuery, find_listing
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.contacts.contact import Contact

MOST = 50
"""Contacts that a panel offers at once; a search finds the others."""


class ContactPick(msgspec.Struct, frozen=True):
    """A contact as panels and lists show it."""

    id: str
    name: str
    email: str


async def contact_picks(request: web.Request) -> dict[str, Any]:
    """For the panel's template: the newest contacts, or those that the parameter `q` finds."""
    sought = request.query.get("q", "").strip()
    query = ContactQuery(q=sought or None, limit=MOST)
    found = await find_listing(request.app[SERVICES], request[CALLER].workspace, query)
    return {
        "q": sought,
        "contacts": [pick_of(contact) for contact in found.items],
        "has_more": found.next_cursor is not None,
    }


def pick_of(contact: Contact) -> ContactPick:
    """The name and the address of a contact; the address alone if no name is known."""
    name = f"{contact.first_name} {contact.last_name}".strip()
    return ContactPick(contact.id, name or contact.email, contact.email if name else "")
