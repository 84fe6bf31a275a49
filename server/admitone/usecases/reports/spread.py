"""How the bookings of master pages are spread over the members of pools, against what each pool promises."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.distribution import METHODS, Method
from admitone.domain.people.user_names import names_apart
from admitone.domain.reports.day_range import chosen_range
from admitone.store.records.reports.sums import sum_by_key
from admitone.usecases.pages.target_read import read_targets
from admitone.usecases.reports.labels import labels
from admitone.usecases.shared.ownership import sees_all
from admitone.usecases.shared.reporting_day import reporting_day, reporting_zone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.links.target import Place, Target
    from admitone.domain.reports.day_range import DayRange
    from admitone.usecases.shared.services import Caller, Services

DIGITS = 4
"""Of a share, after the point."""


class SpreadQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters of the spread: dates in the reporting zone, inclusive, as those of a summary."""

    first: date | None = msgspec.field(name="from", default=None)
    last: date | None = msgspec.field(name="to", default=None)


class MemberShare(msgspec.Struct, frozen=True, kw_only=True):
    """The bookings that one user got, and their share of all from 0 to 1 (null if there are none).

    `promised` is the share that the distribution promises a member; null for a distribution that looks at
    who is free, and for a user who is no member any more.
    """

    user: str
    name: str
    is_member: bool
    bookings: int
    share: float | None
    promised: float | None


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """The spread over the members of one pool (of a page with static rules, over its pages).

    `place` is 1 for the primary, then one for each additional pool. `promise` says what `method` promises.
    Members are in the pool's order; then, at the first pool, come users who got bookings and left.
    """

    page: str
    page_title: str
    event_type: str
    event_type_name: str
    place: int
    method: Method
    promise: str
    bookings: int
    members: list[MemberShare]


class Spreads(msgspec.Struct, frozen=True, kw_only=True):
    """The spread of every pool of every master page, by bookings that were made from `from` to `to`."""

    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")
    timezone: str
    pools: list[Spread]


async def read_spreads(services: Services, caller: Caller, query: SpreadQuery) -> Spreads:
    """The spreads of the days that the query asks for, none for a member who sees only their own.

    Raises Invalid for a wrong range.
    """
    today = await reporting_day(caller.snapshot, services.now())
    days = chosen_range(query.first, query.last, today)
    pages = await caller.snapshot.ids("master_page") if await sees_all(caller) else []
    targets = await read_targets(caller.snapshot, pages)
    counted = await _counted(services, caller, days)
    names = await labels(caller.snapshot, "host", {user for users in counted.values() for user in users})
    return Spreads(
        first=days.first,
        last=days.last,
        timezone=(await reporting_zone(caller.snapshot)).key,
        pools=[
            spread
            for target in targets.values()
            if target is not None
            for spread in _spreads(target, counted, names)
        ],
    )


async def _counted(
    services: Services, caller: Caller, days: DayRange
) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """The bookings of each user, by the ids of master page and event type."""
    counted: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for key, numbers in (await sum_by_key(services.store, caller.workspace, "member", days)).items():
        page, event_type, user = key.split("/")
        counted[page, event_type][user] = numbers.get("scheduled", 0)
    return counted


def _spreads(
    target: Target, counted: Mapping[tuple[str, str], Mapping[str, int]], names: Mapping[str, str]
) -> list[Spread]:
    """The spreads of one master page, in the order of its event types and of their places."""
    found: list[Spread] = []
    for event_type in target.event_types:
        places = target.places[event_type.id]
        bookings = counted.get((target.page.id, event_type.id), {})
        known = {candidate.owner.id for place in places for candidate in place.candidates}
        left = [user for user in bookings if user not in known]
        for number, place in enumerate(places, 1):
            if place.method is None:
                continue
            members = _members(place, bookings, left, names)
            left = []
            found.append(
                Spread(
                    page=target.page.id,
                    page_title=target.page.title,
                    event_type=event_type.id,
                    event_type_name=event_type.name,
                    place=number,
                    method=place.method,
                    promise=METHODS[place.method].meaning,
                    bookings=sum(member.bookings for member in members),
                    members=members,
                )
            )
    return found


def _members(
    place: Place, bookings: Mapping[str, int], left: Sequence[str], names: Mapping[str, str]
) -> list[MemberShare]:
    """The members of a place, then those who `left`."""
    members = names_apart(candidate.owner for candidate in place.candidates)
    users = [*members, *left]
    total = sum(bookings.get(user, 0) for user in users)
    is_equal = place.method == "round_robin"
    return [
        MemberShare(
            user=user,
            name=members.get(user) or names[user],
            is_member=user in members,
            bookings=bookings.get(user, 0),
            share=round(bookings.get(user, 0) / total, DIGITS) if total else None,
            promised=round(1 / len(members), DIGITS) if is_equal and user in members else None,
        )
        for user in users
    ]
