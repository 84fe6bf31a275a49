"""Export what a workspace holds about one address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.instant import Instant
from admitone.sealing import UnsealError
from admitone.store.records.contacts.contacts import find_contact
from admitone.store.records.contacts.unsubscribed import unsubscribed_at
from admitone.store.records.erasures import open_kept, read_kept_texts
from admitone.store.records.readers import read_histories
from admitone.usecases.contacts.contact_view import ContactView, view_contact
from admitone.usecases.links.link_view import LinkView, view_links
from admitone.usecases.pages.target_read import read_targets
from admitone.usecases.personal_data.held import (
    bookings_of,
    bookings_with_guest,
    checked_address,
    links_of,
    samples_with,
)
from admitone.usecases.runs.run_list import list_contact_runs
from admitone.usecases.runs.run_view import RunView
from admitone.usecases.shared.booking_view import BookingView, host_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.domain.links.link import Link
    from admitone.usecases.personal_data.erasure_start import Address
    from admitone.usecases.shared.services import Caller, Services


class HappenedView(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the history of a booking or a link; `by` is a user's id, `customer` or `system`."""

    type: str
    at: Instant
    by: str
    reason: str | None


class HeldBooking(msgspec.Struct, frozen=True, kw_only=True):
    """A booking and what happened to it, oldest first. `questions` belong to its answers, by their ids."""

    booking: BookingView
    questions: dict[str, str]
    locale: str | None
    history: list[HappenedView]


class HeldLink(msgspec.Struct, frozen=True, kw_only=True):
    """A personalised link and what happened to it, oldest first."""

    link: LinkView
    history: list[HappenedView]


class HeldGuest(msgspec.Struct, frozen=True, kw_only=True):
    """A booking of somebody else that has the address among its guests."""

    booking: str
    event_type_name: str
    start: Instant
    end: Instant
    status: str


class HeldEvent(msgspec.Struct, frozen=True, kw_only=True):
    """The last event of a workflow's inbound hook: its values by their places."""

    workflow: str
    at: Instant
    values: dict[str, str]


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the workspace holds about `email`; `mails` are those that nothing could send yet.

    `guest_of` are bookings of others, of which nothing else is shown.
    """

    email: str
    exported_at: Instant
    bookings: list[HeldBooking]
    guest_of: list[HeldGuest]
    links: list[HeldLink]
    contact: ContactView | None
    runs: list[RunView]
    """What workflows did for the contact, and when."""
    mails: list[dict[str, Any]]
    hooks: list[HeldEvent]
    """The last events of inbound hooks that have the address; each is kept for a day."""
    unsubscribed_at: Instant | None
    """Since when the address gets no mails of workflows."""


async def export_address(services: Services, caller: Caller, body: Address) -> Export:
    """What the workspace holds about an address; empty lists if nothing. Raises Invalid."""
    email = checked_address(services, body.email)
    bookings = [one async for some in bookings_of(services, caller.workspace, email) for one in some]
    found = bookings_with_guest(services, caller.workspace, email)
    guest_of = [_held_guest(services, one) async for some in found for one in some]
    links = [one async for some in links_of(services, caller.workspace, email) for one in some]
    contact = await find_contact(services.store, caller.workspace, email)
    [left_at] = await unsubscribed_at(services.store, caller.workspace, [email])
    return Export(
        email=email,
        exported_at=Instant(services.now()),
        bookings=await _held_bookings(services, caller, bookings),
        guest_of=guest_of,
        links=await _held_links(services, caller, links),
        contact=None if contact is None else await view_contact(services, caller.workspace, contact),
        runs=[] if contact is None else await list_contact_runs(services, caller, contact.id),
        mails=await _mails(services, caller.workspace, email),
        hooks=[
            HeldEvent(workflow=workflow, at=Instant(sample.at), values=dict(sample.places))
            for workflow, sample in (await samples_with(services, caller.workspace, email)).items()
        ],
        unsubscribed_at=None if left_at is None else Instant(left_at),
    )


async def _held_bookings(services: Services, caller: Caller, bookings: list[Booking]) -> list[HeldBooking]:
    keys = services.store.keys(caller.workspace)
    histories = await _histories(services, [keys.booking_history(booking.id) for booking in bookings])
    return [
        HeldBooking(
            booking=host_view(services, booking),
            questions=booking.data.questions,
            locale=booking.data.locale,
            history=history,
        )
        for booking, history in zip(bookings, histories, strict=True)
    ]


def _held_guest(services: Services, booking: Booking) -> HeldGuest:
    return HeldGuest(
        booking=booking.id,
        event_type_name=booking.data.event_type_name,
        start=Instant(booking.start),
        end=Instant(booking.end),
        status=booking.status_at(services.now()),
    )


async def _held_links(services: Services, caller: Caller, links: list[Link]) -> list[HeldLink]:
    keys = services.store.keys(caller.workspace)
    histories = await _histories(services, [keys.link_history(link.id) for link in links])
    targets = await read_targets(caller.snapshot, [link.page for link in links])
    views = await view_links(services, caller, links, targets)
    return [HeldLink(link=view, history=history) for view, history in zip(views, histories, strict=True)]


async def _histories(services: Services, keys: list[str]) -> list[list[HappenedView]]:
    found = await read_histories(services.store, *keys) if keys else []
    return [_happened(events) for events in found]


def _happened(events: Iterable[Event]) -> list[HappenedView]:
    return [
        HappenedView(type=event.type, at=Instant(event.at), by=event.by, reason=event.reason)
        for event in events
    ]


async def _mails(services: Services, workspace: str, email: str) -> list[dict[str, Any]]:
    """The kept mails that name the address, as they would have been sent."""
    found = []
    for text in await read_kept_texts(services.store, workspace):
        try:
            content = open_kept(services.store, workspace, text)
        except UnsealError:
            continue
        if email.casefold() in content.casefold():
            found.append(msgspec.json.decode(content, type=dict[str, Any]))
    return found
