"""Contacts to choose from, in the panels of a workflow: found by a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.records.contacts.contacts import read_contacts
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


async def contact_picks(request: web.Request, chosen: str = "") -> dict[str, Any]:
    """For the panel's template: the newest contacts, or those that the parameter `q` finds.

    The one with the id `chosen` is among them, first if the search does not find it.
    """
    sought = request.query.get("q", "").strip()
    query = ContactQuery(q=sought or None, limit=MOST)
    services, workspace = request.app[SERVICES], request[CALLER].workspace
    found = await find_listing(services, workspace, query)
    contacts = [*found.items]
    if chosen and all(contact.id != chosen for contact in contacts):
        contacts = await read_contacts(services.store, workspace, [chosen]) + contacts
    return {
        "q": sought,
        "contacts": [pick_of(contact) for contact in contacts],
        "has_more": found.next_cursor is not None,
    }


def pick_of(contact: Contact) -> ContactPick:
    """The name and the address of a contact; the address alone if no name is known."""
    name = f"{contact.first_name} {contact.last_name}".strip()
    return ContactPick(contact.id, name or contact.email, contact.email if name else "")
