"""Whether Google may tell an event's guests of a change, within the budgets of those who are no users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from admitone.store.records.budgets import budgets_of, count_invitation
from admitone.usecases.shared.strangers import strangers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.bookings.booking import Booking
    from admitone.store.records.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

log = structlog.get_logger()

GUESTS = 100
"""Guests of one event who are counted; the others are told if these are."""
NO_GUESTS = ("self", "organizer", "resource")
"""What Google marks attendees with who get no invitation: the calendar's owner, and rooms."""


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
