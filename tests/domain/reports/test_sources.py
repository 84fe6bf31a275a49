"""Where links and bookings come from, by what their records keep for the reports."""

from __future__ import annotations

from admitone.domain.reports.shares import booking_source, link_workflow


def test_the_workflow_of_a_link_is_read_without_the_rest() -> None:
    assert link_workflow("-20261129 w1") == "w1"
    assert link_workflow("=20261129") is None
    assert link_workflow(None) is None


def test_the_channel_and_workflow_of_a_booking_are_read_without_the_rest() -> None:
    assert booking_source("=workflow:w1 s20261129.23 d20261203") == ("workflow", "w1")
    assert booking_source("=general s20261129.23") == ("general", None)
    assert booking_source(None) == (None, None)
