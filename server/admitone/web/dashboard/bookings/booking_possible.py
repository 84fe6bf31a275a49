"""What the caller may do with a booking now, and in words why the rest is not possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.bookings.booking import host_refusal
from admitone.texts.message import message
from admitone.usecases.bookings.managed import FIXED, is_fixed
from admitone.usecases.pages.target_read import read_target
from admitone.web.dashboard.bookings.handover import other_hosts, other_times

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking, Status
    from admitone.domain.links.target import Target
    from admitone.usecases.shared.services import Caller

ACTIONS: tuple[Literal["cancel", "reschedule", "reassign", "no_show"], ...] = (
    "cancel",
    "reschedule",
    "reassign",
    "no_show",
)
NOT_YOURS = message("Only the hosts of this booking and administrators can change it.")
BEGUN = message("The booking has begun, so it can’t be rescheduled or given to another host.")
NOT_BEGUN = message("A no-show can be recorded once the booking has begun.")
OWN_PAGE = message("It was booked on a page of one host, so it can’t be given to another host.")
NO_OTHER_HOST = message("No other host of its page can take this booking.")
NO_LINKS = message("Its page offers no one-time links, so its customer can’t be asked for another time.")
PAGE_DELETED = message("Its page was deleted, so its customer can’t be asked for another time.")
OVER: dict[Status, str] = {
    "cancelled": message("The booking is cancelled, so nothing about it can be changed any more."),
    "completed": message(
        "The booking is over, so it can’t be rescheduled, cancelled or given to another host."
    ),
    "no_show": message(
        "The customer did not come, so the booking can’t be rescheduled, cancelled or given to another host."
    ),
}
"""Why a booking that is not to come stays as it is, by its status."""


class Possible(msgspec.Struct, frozen=True, kw_only=True):
    """The actions on a booking for which the caller gets a button, and sentences about those without one.

    `others` are the hosts who can take it and `again` the event types of a new link, as in handover.py.
    """

    acts: frozenset[str] = frozenset()
    others: Sequence[tuple[str, list[tuple[str, str]]]] = ()
    again: Sequence[tuple[str, str]] = ()
    why_not: Sequence[str] = ()


async def read_possible(caller: Caller, booking: Booking, now: int) -> Possible:
    """What the caller may do with the booking at `now`."""
    if not (caller.is_administrator or caller.user.id in booking.users):
        return Possible(why_not=[NOT_YOURS])
    acts: set[str] = {act for act in ACTIONS if host_refusal(booking, act, now) is None}
    if booking.status == "no_show":
        acts.add("no_show_undo")
    target = await read_target(caller.snapshot, booking.page)
    if is_fixed(booking, target):
        acts.discard("reschedule")
    others = await other_hosts(caller, booking) if "reassign" in acts else []
    again = await other_times(caller, booking) if "cancel" in acts else []
    return Possible(
        acts=frozenset(acts),
        others=others,
        again=again,
        why_not=_over(booking, now) or _why_not(booking, target, acts, has_others=bool(others)),
    )


def _over(booking: Booking, now: int) -> list[str]:
    reason = OVER.get(booking.status_at(now))
    return [] if reason is None else [reason]


def _why_not(booking: Booking, target: Target | None, acts: set[str], *, has_others: bool) -> list[str]:
    """Of a live booking that has not ended."""
    if "no_show" in acts:
        return [BEGUN]
    said = [NOT_BEGUN]
    if not has_others:
        said.append(NO_OTHER_HOST if booking.pages else OWN_PAGE)
    if is_fixed(booking, target):
        said.append(FIXED)
    if target is None:
        said.append(PAGE_DELETED)
    elif not target.is_one_time:
        said.append(NO_LINKS)
    return said
