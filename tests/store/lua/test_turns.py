"""Whose turn it is, decided inside the script: by what is booked at that moment, however many ask at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.availability.distribution import Standing, Tally, enrolled, in_order
from admitone.store.codes import Code
from admitone.store.records.book import Order
from admitone.store.records.readers import read_turns
from tests.support.factories import HOUR, NOW, WORKSPACE, a_booking
from tests.support.invariants import check_invariants
from tests.support.sizes import size
from tests.support.store.actions import the_booking, try_book, try_cancel, try_no_show
from tests.support.store.examples import examples
from tests.support.store.script_headers import LUA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.availability.distribution import Method
    from admitone.domain.bookings.booking import Booking
    from admitone.store.store import Store
    from tests.support.redis_server import RedisServer

POOL = [f"user-{number}" for number in range(7)]
ORDERING = (
    "".join(
        (LUA / "include" / f"{name}.lua").read_text() for name in ("arguments", "tally", "turns", "orders")
    )
    + """
local args = cmsgpack.unpack(ARGV[1])
local enrolled = enrol(KEYS[1], {args.order})
local names = {}
for place, index in ipairs(in_order(args.candidates, args.order, args.users, enrolled.tallies, args.seed)) do
  names[place] = args.users[index]
end
return names
"""
)
counts = st.integers(0, 4)
tallies = st.builds(Tally, counts, counts, counts, st.integers(-3, 3), counts)
members = st.lists(
    st.tuples(st.sampled_from(POOL), tallies, counts), unique_by=lambda one: one[0], min_size=1
)


@examples(size(2000, 150))
@given(
    method=st.sampled_from(["round_robin", "pooled", "pooled_priority"]),
    pool=members,
    roster=st.sets(st.sampled_from([*POOL, "gone"])),
    correction=st.booleans(),
    seed=st.text("abc", max_size=3),
)
def test_the_script_orders_as_the_domain_says(
    redis_server: RedisServer,
    method: Method,
    pool: list[tuple[str, Tally, int]],
    roster: set[str],
    correction: bool,
    seed: str,
) -> None:
    users = [user for user, _, _ in pool]
    standings = enrolled(
        [Standing(user, tally, priority) for user, tally, priority in pool], roster, correction=correction
    )
    expected = in_order(method, standings, correction=correction, seed=seed)
    order = Order(method, users, [priority for _, _, priority in pool], correction)
    with redis_server.client() as client:
        client.delete("turns")
        fields: dict[str | bytes, Any] = {user: _text(tally) for user, tally, _ in pool}
        client.hset("turns", mapping=fields | {"*roster": ",".join(sorted(roster)), "*order": 9})
        argument = {
            "candidates": list(range(1, len(users) + 1)),
            "order": msgspec.to_builtins(order),
            "users": users,
            "seed": seed,
        }
        there: Any = client.eval(ORDERING, 1, "turns", msgspec.msgpack.encode(argument))
    assert [name.decode() for name in there] == [one.user for one in expected]


@pytest.mark.parametrize("method", ["round_robin", "pooled"])
async def test_simultaneous_bookings_are_spread_evenly(store: Store, method: Method) -> None:
    bookings = await asyncio.gather(*(_book(store, POOL, method, hours=n) for n in range(3 * len(POOL))))
    assert [sum(one.users == [user] for one in bookings) for user in POOL] == [3] * len(POOL)
    assert await check_invariants(store.client) == []


async def test_a_turn_comes_back_with_a_cancellation_and_a_no_show(store: Store) -> None:
    first, second = [await _book(store, ["ann", "bob"], hours=n) for n in range(2)]
    assert [first.users, second.users] == [["ann"], ["bob"]]
    await try_cancel(store, second)
    third = await _book(store, ["ann", "bob"], hours=3)
    assert third.users == ["bob"]
    await try_no_show(store, third)
    assert (await _book(store, ["ann", "bob"], hours=4)).users == ["bob"]
    turns = await read_turns(store, WORKSPACE, "page", "event-type")
    assert turns.tallies["bob"] == Tally(assigned=3, cancelled=1, no_show=1, order=4, created=NOW)
    assert await check_invariants(store.client) == []


async def test_members_who_come_and_come_back_start_at_the_minimum(store: Store) -> None:
    for hours in range(8):
        await _book(store, ["ann", "bob"], hours=hours)
    assert (await _book(store, ["ann", "bob", "new"], hours=8)).users == ["ann"]
    assert (await _book(store, ["ann", "bob", "new"], hours=9)).users == ["bob"]
    assert (await _book(store, ["ann", "bob", "new"], hours=10)).users == ["new"]
    for hours in range(11, 17):
        await _book(store, ["ann", "new"], hours=hours)
    turns = await read_turns(store, WORKSPACE, "page", "event-type")
    assert turns.roster == {"ann", "new"}
    assert [(await _book(store, ["ann", "bob", "new"], hours=n)).users for n in (17, 18, 19)] == [
        ["ann"],
        ["bob"],
        ["new"],
    ]


async def test_a_member_who_is_not_free_is_passed_over_and_is_next(store: Store) -> None:
    first = await _book(store, ["ann", "bob"], hours=0)
    assert first.users == ["ann"]
    await _book(store, ["bob"], hours=5, page="other")
    assert (await _book(store, ["ann", "bob"], hours=5)).users == ["ann"]
    assert [(await _book(store, ["ann", "bob"], hours=n)).users for n in (6, 7, 8)] == [
        ["bob"],
        ["bob"],
        ["ann"],
    ]


async def test_turns_are_counted_per_page_and_event_type(store: Store) -> None:
    assert (await _book(store, ["ann", "bob"], hours=0)).users == ["ann"]
    assert (await _book(store, ["ann", "bob"], hours=1, page="other")).users == ["ann"]
    assert (await _book(store, ["ann", "bob"], hours=2, event_type="other")).users == ["ann"]
    assert (await _book(store, ["ann", "bob"], hours=3)).users == ["bob"]


async def test_priorities_come_before_idleness(store: Store) -> None:
    wanted = {"low": 1, "high": 5, "too": 5}
    found = [
        (await _book(store, list(wanted), "pooled_priority", hours=n, priorities=wanted)).users[0]
        for n in range(4)
    ]
    assert set(found[:2]) == set(found[2:]) == {"high", "too"}
    await asyncio.gather(*(_book(store, [user], hours=9, page="other") for user in ("high", "too")))
    assert (await _book(store, list(wanted), "pooled_priority", hours=9, priorities=wanted)).users == ["low"]


async def test_panels_that_share_a_member_never_overlap(store: Store) -> None:
    async def attempt(number: int) -> Code:
        booking = a_booking(start=NOW + (10 + number % 4) * HOUR // 2)
        users = ["ann", "bob", "cal"]
        orders = [Order("round_robin", ["ann", "bob"], [0, 0]), Order("pooled", ["bob", "cal"], [0, 0])]
        answer = await try_book(
            store, booking, users=users, places=[[0, 1], [1, 2]], orders=orders, pages=users, seed=str(number)
        )
        return answer.code

    codes = await asyncio.gather(*(attempt(number) for number in range(24)))
    assert codes.count(Code.OK) == 4
    assert set(codes) == {Code.OK, Code.TAKEN}
    assert await check_invariants(store.client) == []


async def _book(
    store: Store,
    pool: Sequence[str],
    method: Method = "round_robin",
    *,
    hours: int,
    priorities: dict[str, int] | None = None,
    **fields: str,
) -> Booking:
    booking = a_booking(start=NOW + (1 + hours) * HOUR, **fields)
    order = Order(method, pool, [(priorities or {}).get(user, 0) for user in pool])
    answer = await try_book(
        store,
        booking,
        users=pool,
        places=[list(range(len(pool)))],
        orders=[order],
        pages=[f"page-of-{user}" for user in pool],
        seed=booking.id,
    )
    assert answer.code is Code.OK
    return await the_booking(store, booking.id)


def _text(tally: Tally) -> str:
    return " ".join(str(number) for number in msgspec.structs.astuple(tally))
