"""The history of one link, booking or contact: from its records, which are not trimmed as the stream is."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from admitone.domain.activity.entry import NOBODY_KNOWN, numbered
from admitone.domain.errors import NotFound, invalid
from admitone.domain.event import Event
from admitone.domain.people.email_address import same_address
from admitone.store.records.readers import read_bookings, read_histories, read_links
from admitone.store.records.workflows.runs import read_contact_runs
from admitone.texts.message import message
from admitone.usecases.bookings.booking_event import booking_event
from admitone.usecases.bookings.booking_list import BookingQuery, list_bookings
from admitone.usecases.contacts.contact_read import existing_contact
from admitone.usecases.links.link_list import LinkQuery, list_links
from admitone.usecases.shared.ownership import seen_bookings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.activity.entry import Entry
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.contacts.contact import Contact
    from admitone.domain.event import EventKind
    from admitone.domain.links.link import Link
    from admitone.domain.workflows.run import Run, RunStatus
    from admitone.usecases.shared.services import Caller, Services

T = TypeVar("T")
NEWEST = 50
"""Links, and bookings, of a contact's address whose histories are shown."""
ENDS: dict[RunStatus, EventKind] = {
    "done": "workflow.finished",
    "failed": "workflow.failed",
    "stopped": "workflow.stopped",
}


async def own_history(
    services: Services, caller: Caller, link: str | None, booking: str | None, contact: str | None
) -> list[Entry] | None:
    """The history of the one that is named, newest first, as far as the caller may see it; None for none.

    Raises Invalid for more than one, and NotFound.
    """
    if len([name for name in (link, booking, contact) if name is not None]) > 1:
        raise invalid("", message("Name one of link, booking and contact."))
    if link is not None:
        links = await read_links(services.store, caller.workspace, [link])
        return numbered(await _histories(services, caller, _found(links), ()))
    if booking is not None:
        bookings = await read_bookings(services.store, caller.workspace, [booking])
        seen = _found(await seen_bookings(caller, bookings))
        return numbered(await _histories(services, caller, (), seen))
    if contact is not None:
        known = await existing_contact(services, caller.workspace, contact)
        return numbered(await _of_contact(services, caller, known))
    return None


def _found(records: Sequence[T]) -> Sequence[T]:
    if not records:
        raise NotFound
    return records


async def _of_contact(services: Services, caller: Caller, contact: Contact) -> list[Event]:
    """Its creation, its runs, and what happened to the newest links and bookings of its address."""
    store, workspace = services.store, caller.workspace
    made = await list_links(services, caller, LinkQuery(q=contact.email, limit=NEWEST))
    booked = await list_bookings(services, caller, BookingQuery(q=contact.email, limit=NEWEST))
    links = await read_links(store, workspace, [link.id for link in made.items])
    bookings = await read_bookings(store, workspace, [booking.id for booking in booked.items])
    runs = await read_contact_runs(store, workspace, contact.id)
    created = Event(type="contact.created", at=contact.created_at, by=NOBODY_KNOWN, contact=contact.id)
    return [
        created,
        *(event for run in runs for event in _of_run(run)),
        *await _histories(
            services,
            caller,
            [link for link in links if same_address(link.email or "", contact.email)],
            [booking for booking in bookings if same_address(booking.data.email, contact.email)],
        ),
    ]


def _of_run(run: Run) -> list[Event]:
    def event(kind: EventKind, at: int) -> Event:
        return Event(type=kind, at=at, by="workflow", contact=run.contact, workflow=run.workflow, run=run.id)

    entered = event("workflow.entered", run.entered_at)
    if run.status not in ENDS:
        return [entered]
    return [entered, event(ENDS[run.status], run.history[-1].at if run.history else run.entered_at)]


async def _histories(
    services: Services, caller: Caller, links: Sequence[Link], bookings: Sequence[Booking]
) -> list[Event]:
    """The events of links, with the bookings by them that the caller may see, and of further bookings."""
    store, workspace, now = services.store, caller.workspace, services.now()
    by_links = [booking for link in links for booking in link.bookings]
    more = await read_bookings(store, workspace, by_links) if by_links else []
    shown = {booking.id: booking for booking in [*await seen_bookings(caller, more), *bookings]}
    keys = store.keys(workspace)
    histories = await read_histories(
        store,
        *(keys.link_history(link.id) for link in links),
        *(keys.booking_history(booking) for booking in shown),
    )
    of_bookings = zip(shown.values(), histories[len(links) :], strict=True)
    return [
        *(event for link in links for event in _of_link(link, now)),
        *(event for booking, later in of_bookings for event in _of_booking(booking, later, now)),
        *(event for history in histories for event in history if event.booking in {None, *shown}),
    ]


def _of_link(link: Link, now: int) -> list[Event]:
    """What the link's record says itself; its history has the rest."""

    def event(kind: EventKind, at: int, by: str) -> Event:
        return Event(type=kind, at=at, by=by, link=link.id, page=link.page)

    events = [event("link.created", link.created_at, link.created_by)]
    if link.opened_at is not None:
        events.append(event("link.opened", link.opened_at, "customer"))
    if link.expires_at is not None and link.expires_at <= now and not link.booked and not link.revoked_at:
        events.append(event("link.expired", link.expires_at, "system"))
    return events


def _of_booking(booking: Booking, history: Sequence[Event], now: int) -> list[Event]:
    """What the booking's record says itself; its history has the rest."""
    start = next((event.was for event in history if event.was is not None), booking.start)
    at = booking.data.created_at
    events = [booking_event("booking.scheduled", booking, at=at, by="customer", start=start)]
    if booking.status_at(now) == "completed":
        events.append(booking_event("booking.completed", booking, at=booking.end, by="system"))
    return events
