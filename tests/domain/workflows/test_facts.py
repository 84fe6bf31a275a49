"""What a run is judged by, from the records as they are."""

from __future__ import annotations

from typing import Any

import pytest

from admitone.domain.links.link import LinkState
from admitone.domain.workflows.facts import booking_facts, link_facts
from tests.support.factories import NOW, a_booking, a_link


@pytest.mark.parametrize(
    ("changes", "state", "is_opened"),
    [
        ({}, LinkState.ACTIVE, False),
        ({"opened_at": NOW}, LinkState.ACTIVE, True),
        ({"booked": "b1", "bookings": ["b1"]}, LinkState.BOOKED, True),
        ({"expires_at": NOW, "opened_at": NOW}, LinkState.EXPIRED, True),
        ({"revoked_at": NOW}, LinkState.REVOKED, False),
    ],
)
def test_links(changes: dict[str, Any], state: LinkState, *, is_opened: bool) -> None:
    facts = link_facts(a_link(**changes), NOW, available=True)
    assert (facts.state, facts.is_opened) == (state, is_opened)


def test_a_link_whose_page_was_switched_off() -> None:
    assert link_facts(a_link(), NOW, available=False).state is LinkState.UNAVAILABLE


def test_a_booking_that_has_ended_is_completed() -> None:
    booking = a_booking(start=NOW)
    assert booking_facts(booking, NOW).status == "scheduled"
    assert booking_facts(booking, booking.end).status == "completed"
