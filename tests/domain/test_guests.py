"""Guests are addresses, each mailbox once."""

from __future__ import annotations

import pytest

from admitone.domain.bookings.guests import MOST_GUESTS, guest_problems, known_guests, too_many


def test_too_many_are_refused_before_they_are_looked_at() -> None:
    problems = guest_problems(["x"] * 10_000)
    assert [(each.field, each.message) for each in problems] == [("guests", "Add at most 10 guests.")]
    assert guest_problems([f"g{place}@guest.org" for place in range(MOST_GUESTS)]) == []


def test_each_text_that_is_no_address_is_named() -> None:
    problems = guest_problems(["gus@guest.org", "gus", " ida@guest.org ", ""])
    assert [(each.field, each.message) for each in problems] == [
        ("guests.1", "Enter a valid email address for guest 2."),
        ("guests.3", "Enter a valid email address for guest 4."),
    ]


@pytest.mark.parametrize(
    ("most", "told"),
    [
        (0, "No guests can be added to this booking."),
        (1, "Add at most 1 guest."),
        (3, "Add at most 3 guests."),
    ],
)
def test_the_refusal_says_how_many_are_possible(most: int, told: str) -> None:
    assert too_many(most).message == told


@pytest.mark.parametrize(
    ("texts", "known"),
    [
        ([], ()),
        (["gus@guest.org", "GUS@guest.org", "gus+1@guest.org"], ("gus@guest.org",)),
        (["c.arla@gmail.com", "CARLA+me@googlemail.com"], ()),
        (["ida@guest.org", "nobody", "gus@GUEST.org"], ("ida@guest.org", "gus@guest.org")),
    ],
)
def test_one_mailbox_is_named_once_and_never_the_customers(texts: list[str], known: tuple[str, ...]) -> None:
    assert known_guests(texts, "carla@gmail.com") == known
