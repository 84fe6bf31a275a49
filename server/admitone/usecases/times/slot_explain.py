"""Explain for each time of one day whether a page offers it, and if not, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability import zones
from admitone.domain.availability.days import local_days, local_range
from admitone.domain.availability.decision import offered_slots
from admitone.domain.availability.explain import SENTENCES, Why, explain, obstacles
from admitone.domain.errors import CalendarUnreachable, NotFound
from admitone.texts.message import message
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.times.occupied_case import occupied_case
from admitone.usecases.times.slot_list import chosen_event_type, page_offer
from admitone.usecases.times.turns import shown_in_turn
from admitone.usecases.times.weeks_view import weeks_around

if TYPE_CHECKING:
    from admitone.domain.availability.case import Case, OfferedSlot, Places
    from admitone.domain.availability.explain import NotOffered
    from admitone.domain.links.target import Place
    from admitone.usecases.shared.services import Caller, Services
    from admitone.usecases.times.availability import Offer

MONDAY = 0
NOT_SHOWN = message("Free, but hidden: the event type shows only so many times a day.")
NOT_IN_TURN = message("Free, but not listed: it is the turn of somebody else this month.")
FREE = message("Free")
UNREACHABLE = message("Calendar cannot be reached")
ELSEWHERE = message("Needed for another place")
HOSTS = {
    None: FREE,
    Why.OUTSIDE_HOURS: message("Outside their hours"),
    Why.NOTICE: message("Too soon"),
    Why.WINDOW: message("Outside the window"),
    Why.BUSY: message("Another event or booking"),
    Why.BUFFER: message("Too close to another event or booking"),
    Why.LIMIT: message("The limit of the day or week is reached"),
}
"""The state of one host of a master page at one time."""


class ExplainedTime(msgspec.Struct, frozen=True):
    """A time on the grid (epoch seconds); `why` is a sentence, None if customers see the time.

    For a master page, `places` has for each place the names of its hosts, grouped by their state. If the time
    is not listed because it is the turn of others, `turn_of` has their names. Sentences and states are
    messages.
    """

    start: int
    why: str | None
    turn_of: Sequence[str] = ()
    places: Sequence[Mapping[str, Sequence[str]]] = ()


class ExplainedDay(msgspec.Struct, frozen=True):
    """The grid of one date in the schedule's zone; no times if the schedule has no hours that day."""

    date: date
    timezone: str
    times: list[ExplainedTime]


async def explain_day(
    services: Services, caller: Caller, page_id: str, event_type: str | None, day: date
) -> ExplainedDay:
    """Every time on the grid that day.

    Raises NotFound for the page, Invalid for the event type, CalendarUnreachable.
    """
    target = await read_target(caller.snapshot, page_id)
    if target is None:
        raise NotFound
    offer = page_offer(target, chosen_event_type(target.event_types, event_type))
    zone = zones.zone(offer.timezone)
    # The listed member depends on the requested days; customers' calendars request weeks, mostly from Monday.
    today = date.fromordinal(zones.date_at(zone, services.now()))
    first, last = weeks_around(today, day, MONDAY) if offer.master_page else (day, day)
    asked = local_range(zone, first, last)
    case = await occupied_case(services, caller.workspace, offer, *asked)
    if offer.places[0].candidates and not case.groups[0]:
        raise CalendarUnreachable  # nobody is left whose hours make the grid
    listed = offered = offered_slots(case, *asked)
    if offer.master_page:
        listed = await shown_in_turn(caller.snapshot, offer, case, offered, *asked)
    in_turn = {slot.start: None for slot in listed}
    days = local_days([*in_turn], zone, offer.slots.max_shown_per_day)
    shown = {at for each in days for at in each.starts}
    start, end = local_range(zone, day, day)
    hosts = _HostsOfDay(offer, case, start, end)
    turn_of = _turn_of(offer, listed)
    times = []
    for slot in offered:
        if start <= slot.start < end:
            places = hosts.at(slot.start, slot.groups)
            if slot.start in in_turn:
                why = None if slot.start in shown else NOT_SHOWN
                times.append(ExplainedTime(slot.start, why, places=places))
            else:
                times.append(ExplainedTime(slot.start, NOT_IN_TURN, turn_of, places))
    for missed in explain(case, start, end):
        places = hosts.at(missed.start)
        times.append(ExplainedTime(missed.start, _sentence(missed, places), places=places))
    return ExplainedDay(day, offer.timezone, sorted(times, key=lambda each: each.start))


class _HostsOfDay:
    """The state of the hosts of each place of a master page, by time; empty for a booking page."""

    def __init__(self, offer: Offer, case: Case, start: int, end: int) -> None:
        self._places: Sequence[Place] = offer.places if offer.master_page else ()
        self._known = {host.id for group in case.groups for host in group}
        self._against = obstacles(case, start, end) if self._places else {}

    def at(self, start: int, groups: Places | None = None) -> list[dict[str, list[str]]]:
        """For each place its hosts' names by state; `groups` are those who can take an offered time."""
        found = []
        for number, place in enumerate(self._places):
            names: dict[str, list[str]] = {}
            for candidate in place.candidates:
                page, stands = candidate.page.id, UNREACHABLE
                if page in self._known:
                    stands = HOSTS[self._against[start].get(page)]
                if stands == FREE and groups is not None and page not in groups[number]:
                    stands = ELSEWHERE
                names.setdefault(stands, []).append(candidate.owner.name)
            found.append(dict(sorted(names.items(), key=lambda each: each[0] != FREE)))
        return found


def _sentence(missed: NotOffered, places: Sequence[Mapping[str, Sequence[str]]]) -> str:
    if not places or missed.why in {Why.NOTICE, Why.WINDOW}:
        return SENTENCES[missed.why]
    empty = [number for number, hosts in enumerate(places) if FREE not in hosts]
    if not empty:
        return SENTENCES[Why.TOO_FEW]
    if len(places) == 1:
        return message("Nobody is free.")
    if empty[0] == 0:
        return message("Nobody is free for the primary place.")
    return message("Nobody is free for additional place %(number)s.", number=empty[0])


def _turn_of(offer: Offer, listed: Sequence[OfferedSlot]) -> list[str]:
    """The names of those whose turn it is: a round robin lists one member's times while there are any."""
    names = {each.page.id: each.owner.name for each in offer.candidates}
    return [
        names[listed[0].groups[number][0]]
        for number, place in enumerate(offer.places)
        if listed and place.lists_one_member
    ]
