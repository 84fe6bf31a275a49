"""Whose turn it is on a master page: for the list of times, and for the page that says who is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.decision import offered_slots
from admitone.domain.availability.distribution import Standing, Tally, enrolled, in_order
from admitone.store.records.readers import read_turns

if TYPE_CHECKING:
    from admitone.domain.availability.case import Case, OfferedSlot
    from admitone.domain.links.target import Candidate, Place
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.store.records.readers import Turns
    from admitone.usecases.times.availability import Offer


async def shown_in_turn(
    snapshot: Snapshot, offer: Offer, case: Case, slots: list[OfferedSlot], start: int, end: int
) -> list[OfferedSlot]:
    """Keep only the slots of the next member in turn who has any, for each round-robin place.

    A start that any member offers can still be booked: the script chooses the member. Places are handled one
    after the other, since the member who is kept for one place is not free for the others.
    """
    turns = None
    for place, rule in enumerate(offer.places):
        if not rule.lists_one_member:
            continue
        turns = turns or await offer_turns(snapshot, offer)
        has_any = {host for slot in slots for host in slot.groups[place]}
        first = next((each for each, _ in standings(rule, turns) if each.page.id in has_any), None)
        if first is None:
            return []
        groups = list(case.groups)
        groups[place] = [host for host in groups[place] if host.id == first.page.id]
        # The first place sets the grid, so the slots are computed again as if it had this member only.
        case = msgspec.structs.replace(case, groups=groups)
        slots = offered_slots(case, start, end)
    return slots


def standings(place: Place, turns: Turns, seed: str = "") -> list[tuple[Candidate, Standing]]:
    """A place's candidates in the order in which they would be tried now, each with their bookings so far."""
    by_user = {each.owner.id: each for each in place.candidates}
    members = [
        Standing(user, turns.tallies.get(user, Tally()), each.priority) for user, each in by_user.items()
    ]
    there = enrolled(members, turns.roster, correction=place.correction)
    ordered = in_order(place.method or "round_robin", there, correction=place.correction, seed=seed)
    return [(by_user[one.user], one) for one in ordered]


async def offer_turns(snapshot: Snapshot, offer: Offer) -> Turns:
    """How many bookings each member has had on the offer's master page and event type."""
    assert offer.master_page is not None
    return await read_turns(snapshot.store, snapshot.workspace, offer.master_page, offer.event_type)
