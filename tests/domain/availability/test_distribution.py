"""Whose turn it is: tables of examples for each distribution (docs/rules/distribution.md)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.availability.distribution import Method, Standing, Tally, enrolled, in_order

Had = dict[str, tuple[int, ...]]


@pytest.mark.parametrize(
    ("had", "expected"),
    [
        # assigned, cancelled, no-show, base
        ({"ann": (0,), "bob": (0,), "cal": (0,)}, "ann bob cal"),
        ({"ann": (1,), "bob": (0,), "cal": (0,)}, "bob cal ann"),
        ({"ann": (1,), "bob": (1,), "cal": (0,)}, "cal ann bob"),
        ({"ann": (3, 1), "bob": (3, 0), "cal": (2,)}, "ann cal bob"),
        ({"ann": (3, 1), "bob": (3, 0, 2), "cal": (2,)}, "bob ann cal"),
        ({"ann": (9,), "bob": (0, 0, 0, 9), "cal": (8,)}, "cal ann bob"),
        ({"ann": (1, 1), "bob": (0,)}, "ann bob"),
        ({"ann": (1, 0, 1), "bob": (0,)}, "ann bob"),
        ({"ann": (5, 0, 0, -4), "bob": (2,)}, "ann bob"),
    ],
)
def test_round_robin_tries_the_least_first_and_then_the_order_of_the_pool(had: Had, expected: str) -> None:
    assert _order("round_robin", had) == expected


@pytest.mark.parametrize(
    ("had", "expected"),
    [
        ({"ann": (3, 2), "bob": (2,)}, "bob ann"),
        ({"ann": (3, 0, 3), "bob": (2,)}, "bob ann"),
        ({"ann": (2, 2), "bob": (2,)}, "ann bob"),
    ],
)
def test_without_correction_a_turn_is_used_up_by_what_did_not_take_place(had: Had, expected: str) -> None:
    assert _order("round_robin", had, correction=False) == expected


@pytest.mark.parametrize(
    ("had", "roster", "expected"),
    [
        ({"ann": (5,), "bob": (4,), "new": (0,)}, "ann bob", {"ann": 5, "bob": 4, "new": 4}),
        ({"ann": (5,), "bob": (7,), "again": (2,)}, "ann bob", {"ann": 5, "bob": 7, "again": 5}),
        ({"ann": (5,), "again": (9,)}, "ann", {"ann": 5, "again": 5}),
        ({"ann": (5, 2), "again": (9, 9)}, "ann", {"ann": 3, "again": 3}),
        ({"ann": (0,), "bob": (0,)}, "", {"ann": 0, "bob": 0}),
        ({"ann": (6,), "bob": (2,)}, "gone", {"ann": 0, "bob": 0}),
    ],
)
def test_new_and_re_enabled_members_start_at_the_minimum(
    had: Had, roster: str, expected: dict[str, int]
) -> None:
    members = enrolled(_members(had), roster.split(), correction=True)
    assert {one.user: one.tally.turn(correction=True) for one in members} == expected


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        ({"ann": 3, "bob": 1, "cal": 2}, "bob cal ann"),
        ({"ann": 3, "bob": 1, "new": 0}, "new bob ann"),
    ],
)
def test_pooled_tries_first_whose_last_booking_was_created_longest_ago(
    orders: dict[str, int], expected: str
) -> None:
    members = [Standing(user, Tally(order=order)) for user, order in orders.items()]
    assert " ".join(one.user for one in in_order("pooled", members)) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"ann": (1, 3), "bob": (2, 9), "cal": (1, 2)}, "bob cal ann"),
        ({"ann": (0, 0), "bob": (0, 5), "cal": (7, 6)}, "cal ann bob"),
    ],
)
def test_pooled_priority_tries_the_highest_first_and_then_who_was_idle_longest(
    members: dict[str, tuple[int, int]], expected: str
) -> None:
    given_ = [Standing(user, Tally(order=order), priority) for user, (priority, order) in members.items()]
    assert " ".join(one.user for one in in_order("pooled_priority", given_)) == expected


def test_what_no_rule_decides_is_drawn_by_lot_and_the_same_seed_draws_the_same() -> None:
    members = [Standing(name) for name in ("ann", "bob", "cal", "dan")]
    draws = [tuple(one.user for one in in_order("pooled", members, seed=str(seed))) for seed in range(200)]
    assert {draw[0] for draw in draws} == {"ann", "bob", "cal", "dan"}
    assert draws == [tuple(one.user for one in in_order("pooled", members, seed=str(n))) for n in range(200)]


@given(st.lists(st.integers(0, 9), min_size=2, max_size=7), st.integers(1, 60))
def test_a_round_robin_evens_out(turns: list[int], bookings: int) -> None:
    """Whoever is free always, the turns come within one of each other, and stay there."""
    tallies = {str(place): Tally(assigned=turn) for place, turn in enumerate(turns)}
    spread = max(turns) - min(turns)
    for _ in range(bookings):
        first = in_order("round_robin", [Standing(user, tally) for user, tally in tallies.items()])[0]
        tallies[first.user] = Tally(assigned=first.tally.assigned + 1)
        now = [tally.assigned for tally in tallies.values()]
        assert max(now) - min(now) <= max(spread, 1)
        spread = max(now) - min(now)


def _members(had: Had) -> list[Standing]:
    return [Standing(user, Tally(*counts)) for user, counts in had.items()]


def _order(method: Method, had: Had, *, correction: bool = True) -> str:
    return " ".join(one.user for one in in_order(method, _members(had), correction=correction))
