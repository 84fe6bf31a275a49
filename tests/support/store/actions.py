"""What tests do with a store: open it, read from it, and write to it with defaults, each in one line.

A `put_` function must succeed; a `try_` function returns the answer of the script, which may be a refusal.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.codes import Code
from admitone.store.outbox.outbox import Outbox, put_in
from admitone.store.records.book import BookingTime, book
from admitone.store.records.bookings import (
    cancel_booking,
    record_no_show,
    request_reschedule,
    reschedule_booking,
    undo_no_show,
)
from admitone.store.records.configuration.configuration import RecordWrite, write_config
from admitone.store.records.configuration.configuration_cache import ConfigCache
from admitone.store.records.configuration.snapshot import Snapshot, Wanted, read_snapshot
from admitone.store.records.contacts.contacts import ContactChange, read_contacts, write_contacts
from admitone.store.records.links import create_links, reactivate_link, revoke_link
from admitone.store.records.operations import new_operation
from admitone.store.redis.connect import open_redis
from admitone.store.schema import stamp
from admitone.store.store import open_store
from tests.support.factories import NOW, SEALER, TODAY, WORKSPACE, a_booking, a_contact, a_link, an_event

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.contacts.contact import Contact
    from admitone.domain.links.link import Link
    from admitone.store.outbox.outbox import Entry
    from admitone.store.records.book import Order, Rate
    from admitone.store.records.mail.email_codes import GivenCode
    from admitone.store.records.operations import Operation
    from admitone.store.store import ScriptAnswer, Store

PARTITIONS = 16
Limit = tuple[int, int, int]


@asynccontextmanager
async def a_store(url: str) -> AsyncIterator[Store]:
    """A store of its own on the Redis at `url`, whose configuration counter counts from 1."""
    async with open_redis(url) as client, open_store(client, SEALER, PARTITIONS) as store:
        store.milliseconds = lambda: 0
        yield store


async def empty(store: Store) -> None:
    """Make the store as if it had just been opened on an empty Redis."""
    await store.client.flushdb()
    store.cache = ConfigCache()
    await stamp(store)


async def read(store: Store, **wanted: Any) -> Snapshot:
    """A snapshot of the default workspace."""
    return await read_snapshot(store, WORKSPACE, Wanted(**wanted))


async def the_link(store: Store, link: str) -> Link:
    """The link as it is now."""
    found = (await read(store, link=link)).link
    assert found
    return found


async def the_booking(store: Store, booking: str) -> Booking:
    """The booking as it is now."""
    found = (await read(store, booking=booking)).booking
    assert found
    return found


async def put_links(store: Store, *links: Link) -> None:
    """Create these links."""
    answer = await try_create(store, *links)
    assert answer.code is Code.OK


async def put_link(store: Store, **fields: Any) -> Link:
    """Create a link."""
    link = a_link(**fields)
    await put_links(store, link)
    return await the_link(store, link.id)


async def try_create(
    store: Store,
    *links: Link,
    snapshot: Snapshot | None = None,
    operation: Operation | None = None,
    kept: str | None = None,
    file: str | None = None,
) -> ScriptAnswer:
    """Create these links, or not."""
    events = [an_event("link.created", link=link.id) for link in links]
    return await create_links(
        snapshot or await read(store),
        links,
        events,
        created=NOW * 10**6,
        day=TODAY,
        operation=operation,
        kept=kept,
        file=file,
    )


async def try_book(
    store: Store,
    booking: Booking,
    *,
    users: Sequence[str] | None = None,
    places: Sequence[Sequence[int]] = ((0,),),
    limits: Sequence[Sequence[Limit]] = (),
    now: int = NOW,
    snapshot: Snapshot | None = None,
    operation: Operation | None = None,
    kept: str | None = None,
    orders: Sequence[Order] | None = None,
    pages: Sequence[str] | None = None,
    seed: str = "",
    rate: Rate | None = None,
    recipient: Rate | None = None,
    code: GivenCode | None = None,
) -> ScriptAnswer:
    """Book, or not; `users` are the candidates, by default the booking's own."""
    users = booking.users if users is None else users
    snapshot = snapshot or await read(store, link=booking.link)
    return await book(
        snapshot,
        booking,
        snapshot.link,
        candidates=users,
        places=places,
        limits=[list(of_user) for of_user in limits] or [[] for _ in users],
        now=now,
        day=TODAY,
        event=an_event("booking.scheduled", booking=booking.id, link=booking.link, by="customer"),
        operation=operation,
        kept=kept,
        orders=orders,
        pages=pages,
        seed=seed,
        rate=rate,
        recipient=recipient,
        code=code,
    )


async def put_booking(store: Store, **fields: Any) -> Booking:
    """Book, for as many places as there are users."""
    booking = a_booking(**fields)
    places = [[place] for place in range(len(booking.users))]
    answer = await try_book(store, booking, places=places)
    assert answer.code is Code.OK
    return await the_booking(store, booking.id)


def slot_of(booking: Booking, **changes: Any) -> BookingTime:
    """The booking's slot, with some of it changed; `by` moves start and end."""
    by = changes.pop("by", 0)
    slot = BookingTime(
        booking.start + by, booking.end + by, booking.before, booking.after, booking.event_type
    )
    return msgspec.structs.replace(slot, **changes)


async def try_move(
    store: Store,
    booking: Booking,
    slot: BookingTime,
    *,
    limits: Sequence[Sequence[Limit]] = (),
    by_customer: bool = True,
    snapshot: Snapshot | None = None,
) -> ScriptAnswer:
    """Reschedule the booking as it was read, or not."""
    return await reschedule_booking(
        snapshot or await read(store),
        booking,
        slot,
        limits=[list(of_user) for of_user in limits] or [[] for _ in booking.users],
        moved=(*booking.moved, NOW) if by_customer else None,
        event=an_event("booking.rescheduled", booking=booking.id, start=slot.start, was=booking.start),
        day=TODAY,
    )


async def try_cancel(store: Store, booking: Booking, *, now: int = NOW) -> ScriptAnswer:
    """Cancel the booking as it was read, or not."""
    event = an_event("booking.cancelled", booking=booking.id)
    return await cancel_booking(store, WORKSPACE, booking, event, now, TODAY)


async def try_request_reschedule(
    store: Store, booking: Booking, *, snapshot: Snapshot | None = None
) -> ScriptAnswer:
    """Cancel the booking, as it was read, and make a link for its customer, or not."""
    fresh = a_link(page=booking.page, name="Carla Customer", email="carla@customer.test")
    event = an_event("booking.cancelled", booking=booking.id, link=booking.link, renewed=fresh.id)
    made = an_event("link.created", link=fresh.id)
    snapshot = snapshot or await read(store)
    return await request_reschedule(snapshot, booking, event, fresh, made, created=NOW * 10**6, day=TODAY)


async def try_no_show(store: Store, booking: Booking) -> ScriptAnswer:
    """Record that the customer of the booking, as it was read, did not come, or not."""
    event = an_event("booking.no_show", booking=booking.id)
    return await record_no_show(store, WORKSPACE, booking, event, TODAY)


async def try_undo(store: Store, booking: Booking, *, now: int | None = None) -> ScriptAnswer:
    """Take back that the customer of the booking, as it was read, did not come, or not."""
    event = an_event("booking.no_show_undone", booking=booking.id)
    return await undo_no_show(store, WORKSPACE, booking, event, now or booking.end, TODAY)


async def try_revoke(store: Store, link: str, *, now: int = NOW) -> ScriptAnswer:
    """Withdraw the link, or not."""
    return await revoke_link(store, WORKSPACE, link, an_event("link.revoked", link=link), now)


async def try_reactivate(store: Store, link: Link) -> ScriptAnswer:
    """Reactivate the link as it was read, or not."""
    return await reactivate_link(store, WORKSPACE, link, an_event("link.reactivated", link=link.id))


async def try_write_contacts(
    store: Store, *changes: ContactChange, operation: Operation | None = None, kept: str = ""
) -> ScriptAnswer:
    """Create and change contacts, or not; the activity stream gets one entry."""
    entries, operation = [an_event("contacts.imported")], operation or new_operation()
    created = NOW * 10**6
    return await write_contacts(
        store, WORKSPACE, changes, entries, created=created, operation=operation, kept=kept
    )


async def put_contact(store: Store, **fields: Any) -> Contact:
    """Create a contact."""
    contact = a_contact(**fields)
    event = an_event("contact.created", contact=contact.id)
    answer = await try_write_contacts(store, ContactChange(None, contact, [event]))
    assert answer.code is Code.OK
    return await the_contact(store, contact.id)


async def the_contact(store: Store, contact: str) -> Contact:
    """The contact as it is now."""
    [found] = await read_contacts(store, WORKSPACE, [contact])
    return found


def a_write(kind: str, record: Any, *, version: int = 0) -> RecordWrite:
    """A configuration record to be written; a new one unless `version` says otherwise."""
    record_id = getattr(record, "id", "-")
    return RecordWrite(kind=kind, id=record_id, version=version, record=record, created_at=record.created_at)


async def put_records(store: Store, *writes: RecordWrite) -> int:
    """Write configuration records; answers the counter after it."""
    answer = await write_config(store, WORKSPACE, writes, an_event("config.created"), now=NOW)
    assert answer.code is Code.OK
    return int(answer.rest[0])


async def hold_entries(store: Store, *jobs: str) -> tuple[Outbox, list[Entry]]:
    """Put jobs into the default workspace's outbox, and read them as `worker` does."""
    outbox = Outbox(store, "worker")
    await put_in(store, WORKSPACE, jobs)
    entries: list[Entry] = []
    while len(entries) < len(jobs):
        entries += await outbox.read(0)
    return outbox, entries
