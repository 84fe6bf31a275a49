"""Whose turn it is on a master page: for the list of times, and for people who ask who is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.decision import offered_slots
from admitone.domain.availability.distribution import Standing, Tally, enrolled, in_order
from admitone.store.records.readers import read_turns

if TYPE_CHECKING:
    from admitone.domain.availability.case import Case, OfferedSlot
    from admitone.domain.links.target import Candidate, Place
    from admitone.store.records.readers import Turns
    from admitone.store.records.snapshot import Snapshot
    from admitone.usecases.times.availability import Offer


async def shown_in_turn(
    snapshot: Snapshot, offer: Offer, case: Case, slots: list[OfferedSlot], start: int, end: int
) -> list[OfferedSlot]:
    """Of offered slots those to be listed: of a round robin the first member's, in turn, who has any.

    A start that any member offers counts as offered all the same: whom the script takes is decided when it
    books. Place by place, since whom one of them takes leaves the others less.
    """
    turns = None
    for place, rule in enumerate(offer.places):
        if rule.method != "round_robin" or len(rule.candidates) == 1:
            continue
        turns = turns or await offer_turns(snapshot, offer)
        has_any = {host for slot in slots for host in slot.groups[place]}
        first = next((each for each, _ in standings(rule, turns) if each.page.id in has_any), None)
        if first is None:
            return []
        groups = list(case.groups)
        groups[place] = [host for host in groups[place] if host.id == first.page.id]
        # The grid is that of the first place's hosts: a member's times are their own, as if they were alone.
        case = msgspec.structs.replace(case, groups=groups)
        slots = offered_slots(case, start, end)
    return slots


def standings(place: Place, turns: Turns, seed: str = "") -> list[tuple[Candidate, Standing]]:
    """A place's candidates as they would be tried now, each with what they have had."""
    by_user = {each.owner.id: each for each in place.candidates}
    members = [
        Standing(user, turns.tallies.get(user, Tally()), each.priority) for user, each in by_user.items()
    ]
    there = enrolled(members, turns.roster, correction=place.correction)
    ordered = in_order(place.method or "round_robin", there, correction=place.correction, seed=seed)
    return [(by_user[one.user], one) for one in ordered]


async def offer_turns(snapshot: Snapshot, offer: Offer) -> Turns:
    """What the members of an offer's places have had of its master page and event type."""
    assert offer.master_page is not None
    return await read_turns(snapshot.store, snapshot.workspace, offer.master_page, offer.event_type)
