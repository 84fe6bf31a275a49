"""Whom Google may tell of a change of an event, within the budgets of those who are no users."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from admitone.domain.mail.budget import share_of_guests
from admitone.store.records.budgets import budgets_of, count_invitation, recipient_hash
from admitone.usecases.shared.guests import is_within_budget
from admitone.usecases.shared.strangers import strangers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.bookings.booking import Booking
    from admitone.google.calendar import GoogleCalendar, GoogleEvent
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()

GUESTS = 100
"""Guests of one event who are counted; the others are told if these are."""
NO_GUESTS = ("self", "organizer", "resource")
"""What Google marks attendees with who get no invitation: the calendar's owner, and rooms."""


class Notice(msgspec.Struct, frozen=True):
    """Whom Google tells of a change: nobody, or all attendees but the guests in `unheard` (casefolded)."""

    tell: bool
    unheard: frozenset[str] = frozenset()

    def heard(self, attendees: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The attendees whom Google may tell."""
        return [one for one in attendees if _address(one) not in self.unheard]


NOBODY = Notice(tell=False)


async def notice_of(
    services: Services,
    snapshot: Snapshot,
    booking: Booking,
    event: str,
    attendees: Sequence[Mapping[str, Any]],
) -> Notice:
    """Whom Google may tell how the booking is now; counts as one invitation each.

    Each of the booking's guests has a count of their own, so that nobody can silence the news to a customer
    by the guests whom they name.
    """
    guests = {guest.casefold() for guest in booking.data.guests}
    others = [one for one in attendees if _address(one) not in guests]
    if not await may_tell(services, snapshot, booking, event, others):
        return NOBODY
    named = [one["email"] for one in attendees if _address(one) in guests]
    told = await asyncio.gather(  # in as many trips as one guest takes
        *(_may_tell_guest(services, snapshot, booking, event, guest) for guest in named)
    )
    unheard = (guest.casefold() for guest, is_told in zip(named, told, strict=True) if not is_told)
    return Notice(tell=True, unheard=frozenset(unheard))


async def insert_told(google: GoogleCalendar, body: Mapping[str, Any], notice: Notice) -> GoogleEvent | None:
    """Insert an event, as `GoogleCalendar.insert` does, and tell of it those who may be told."""
    attendees = body["attendees"]
    event = await google.insert({**body, "attendees": notice.heard(attendees)}, tell=notice.tell)
    return event and await _with_unheard(google, event, attendees, notice)


async def patch_told(
    google: GoogleCalendar, event: GoogleEvent, body: Mapping[str, Any], notice: Notice
) -> GoogleEvent | None:
    """Patch an event, as `GoogleCalendar.patch` does, and tell of it those who may be told."""
    if not notice.unheard:
        return await google.patch(event, body, tell=notice.tell)
    attendees = body.get("attendees", event.attendees)
    there = await _without_unheard(google, event, notice)
    patched = there and await google.patch(there, {**body, "attendees": notice.heard(attendees)})
    return patched and await _with_unheard(google, patched, attendees, notice)


async def delete_told(google: GoogleCalendar, event: GoogleEvent, notice: Notice) -> None:
    """Delete an event, and tell of it those who may be told."""
    await _without_unheard(google, event, notice)
    await google.delete(event.id, tell=notice.tell)


async def _without_unheard(google: GoogleCalendar, event: GoogleEvent, notice: Notice) -> GoogleEvent | None:
    """The event without those who must not be told of the next change; None if it has changed meanwhile.

    Google tells all attendees of a change or none, and whoever is taken off with a change is told as well. So
    they are taken off in silence before it and put back in silence after it.
    """
    heard = notice.heard(event.attendees)
    if len(heard) == len(event.attendees):
        return event
    return await google.patch(event, {"attendees": heard}, tell=False)


async def _with_unheard(
    google: GoogleCalendar, event: GoogleEvent, attendees: Sequence[Mapping[str, Any]], notice: Notice
) -> GoogleEvent:
    """The event with everybody. If it has changed meanwhile, those left out come with its next change."""
    left_out = [one for one in attendees if _address(one) in notice.unheard]
    if not left_out:
        return event
    return await google.patch(event, {"attendees": [*event.attendees, *left_out]}, tell=False) or event


async def _may_tell_guest(
    services: Services, snapshot: Snapshot, booking: Booking, event: str, guest: str
) -> bool:
    if not await strangers(snapshot, [guest]):
        return True
    store, workspace = services.store, snapshot.workspace
    per_day = share_of_guests((await snapshot.settings()).mails_per_day)
    budgets = budgets_of(store, workspace, [guest], per_day)
    invitation = f"{event}:{booking.sequence}:{recipient_hash(store, workspace, guest)}"
    if await is_within_budget(services, snapshot, booking, guest) and await count_invitation(
        store, workspace, invitation, budgets, services.now()
    ):
        return True
    services.mail.counts.untold += 1
    log.warning("guest-not-told", booking=booking.id, sequence=booking.sequence)
    return False


def _address(attendee: Mapping[str, Any]) -> str:
    return str(attendee.get("email", "")).casefold()


async def may_tell(
    services: Services,
    snapshot: Snapshot,
    booking: Booking,
    event: str,
    attendees: Sequence[Mapping[str, Any]],
) -> bool:
    """Whether Google may tell the attendees of `event` how the booking is now; counts as one invitation each.

    Google tells all guests of an event or none. Repeated calls for one change count once.
    """
    emails = [one["email"] for one in attendees if "email" in one and not any(map(one.get, NO_GUESTS))]
    counted = (await strangers(snapshot, emails))[:GUESTS]
    if not counted:
        return True
    is_confirmation = booking.link is not None and booking.sequence == 0
    per_day = None if is_confirmation else (await snapshot.settings()).mails_per_day
    budgets = budgets_of(services.store, snapshot.workspace, counted, per_day)
    invitation = f"{event}:{booking.sequence}"
    if await count_invitation(services.store, snapshot.workspace, invitation, budgets, services.now()):
        return True
    services.mail.counts.untold += 1
    log.warning("guests-not-told", booking=booking.id, sequence=booking.sequence)
    return False
