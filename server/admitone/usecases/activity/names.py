"""The names in the sentences of the activity, read for many entries at once.

Events hold ids only, so a sentence names people and records as they are now; whatever was erased or deleted
has no name any more, and neither has the booking of a colleague that the caller may not see.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.bookings.booking import Booking
from admitone.domain.contacts.contact import Contact
from admitone.domain.links.link import Link
from admitone.store.records.configuration.configuration_cache import KINDS
from admitone.store.records.contacts.contacts import read_contacts
from admitone.store.records.readers import read_bookings, read_links
from admitone.usecases.accounts.users import user_names
from admitone.usecases.shared.ownership import seen_bookings
from admitone.usecases.shared.page_records import load_pages

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from admitone.domain.activity.entry import Entry
    from admitone.domain.event import Event
    from admitone.usecases.shared.services import Caller, Services


class Names(msgspec.Struct, frozen=True):
    """What the entries name, by id: titles of `pages`, names of `workflows`; `records` by kind and id."""

    users: dict[str, str]
    pages: dict[str, str]
    workflows: dict[str, str]
    records: dict[tuple[str, str], Any]
    links: dict[str, Link]
    bookings: dict[str, Booking]
    contacts: dict[str, Contact]

    def booking(self, event: Event) -> Booking | None:
        """The event's booking, if the caller may see it."""
        return self.bookings.get(event.booking or "")

    def link(self, event: Event) -> Link | None:
        """The event's link."""
        return self.links.get(event.link or "")

    def contact(self, event: Event) -> Contact | None:
        """The event's contact."""
        return self.contacts.get(event.contact or "")


async def read_names(services: Services, caller: Caller, entries: Sequence[Entry]) -> Names:
    """The names for these entries, in one trip while this process knows the configuration."""
    events = [entry.event for entry in entries]
    (links, bookings, contacts), (users, pages), (workflows, records) = await asyncio.gather(
        asyncio.gather(
            _read(services, caller, read_links, [event.link for event in events]),
            _read(services, caller, read_bookings, [event.booking for event in events]),
            _read(services, caller, read_contacts, [event.contact for event in events]),
        ),
        asyncio.gather(
            user_names(
                caller, [user for event in events for user in (event.by, event.gave, event.took) if user]
            ),
            load_pages(caller.snapshot, [entry.page for entry in entries if entry.page]),
        ),
        asyncio.gather(
            _loaded(caller, [("workflow", entry.workflow) for entry in entries if entry.workflow]),
            _loaded(caller, [entry.record for entry in entries if entry.record[0] in KINDS]),
        ),
    )
    return Names(
        users=users,
        pages={page.id: page.title for page in pages.values()},
        workflows={workflow: record.draft.name for (_, workflow), record in workflows.items()},
        records=records,
        links={link.id: link for link in links},
        bookings={booking.id: booking for booking in await seen_bookings(caller, bookings)},
        contacts={contact.id: contact for contact in contacts},
    )


async def _read(
    services: Services,
    caller: Caller,
    read: Callable[[Any, str, Sequence[str]], Awaitable[list[Any]]],
    ids: Sequence[str | None],
) -> list[Any]:
    wanted = list(dict.fromkeys(id_ for id_ in ids if id_))
    return await read(services.store, caller.workspace, wanted) if wanted else []


async def _loaded(caller: Caller, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """The configuration records by kind and id, without those that were deleted."""
    distinct = list(dict.fromkeys(wanted))
    found = await caller.snapshot.load(*distinct)
    return {name: record for name, record in zip(distinct, found, strict=True) if record is not None}
