"""List contacts, newest first: all, those with a tag, or found by a name or an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.contacts.contact import tag_of
from admitone.store.records.contacts.contacts import read_contacts, words_of_contact
from admitone.usecases.contacts.contact_view import ContactView, view_contacts
from admitone.usecases.shared.listing import Listing, PageSize, filtered_listing
from admitone.usecases.shared.search import Searched, searched_listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.contacts.contact import Contact
    from admitone.usecases.shared.services import Caller, Services


class ContactQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters of a list of contacts; `q` has words that a name or an address begins with."""

    q: str | None = None
    tag: str | None = None
    limit: PageSize = 50
    cursor: str | None = None


async def list_contacts(services: Services, caller: Caller, query: ContactQuery) -> Listing[ContactView]:
    """One part of the workspace's contacts that match the query; raises Invalid for a bad cursor."""
    found = await find_listing(services, caller.workspace, query)
    views = await view_contacts(services, caller.workspace, found.items)
    return Listing(views, found.next_cursor)


async def find_listing(services: Services, workspace: str, query: ContactQuery) -> Listing[Contact]:
    """As `list_contacts`, with the contacts themselves."""
    store, tag = services.store, tag_of(query.tag) if query.tag else None
    keys = store.keys(workspace)

    async def read(ids: Sequence[str]) -> list[Contact]:
        return await read_contacts(store, workspace, ids)

    def matches(contact: Contact) -> bool:
        return tag is None or tag in contact.tags

    if query.q:
        searched = Searched(
            key=keys.contact_words,
            read=read,
            words=_words,
            matches=matches,
        )
        return await searched_listing(store, searched, query.q, cursor=query.cursor, limit=query.limit)
    return await filtered_listing(
        store,
        keys.tag_contacts(tag) if tag else keys.contacts,
        cursor=query.cursor,
        limit=query.limit,
        newest_first=True,
        read=read,
        matches=matches,
    )


async def _words(contacts: Sequence[Contact]) -> list[list[str]]:
    return [words_of_contact(contact) for contact in contacts]
