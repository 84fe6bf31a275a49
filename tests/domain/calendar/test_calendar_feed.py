"""The file of a calendar feed: what is typed stays in its place, and every file is a calendar."""

from __future__ import annotations

from typing import Any

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.calendar.calendar_feed import FeedEvent, feed_file
from tests.support.factories import HOUR, NOW

TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=100)


def an_event(number: int = 0, *, title: str = "Busy", **texts: Any) -> FeedEvent:
    start = NOW + number * HOUR
    return FeedEvent(booking=f"b{number}", start=start, end=start + HOUR, title=title, **texts)


def test_a_feed_without_bookings_has_the_zone_that_a_calendar_needs() -> None:
    calendar = icalendar.Calendar.from_ical(feed_file("Bookings of Hanna", [], NOW))
    [zone] = calendar.subcomponents
    assert (zone.name, zone["TZID"]) == ("VTIMEZONE", "Etc/UTC")


def test_events_keep_their_order_and_have_an_id_each() -> None:
    file = feed_file("Bookings", [an_event(number) for number in range(3)], NOW)
    events = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert [event["UID"] for event in events] == ["b0@admitone", "b1@admitone", "b2@admitone"]
    assert {event["DTSTAMP"].to_ical() for event in events} == {b"20261118T110640Z"}
    assert events[1]["DTSTART"].to_ical() == b"20261118T120640Z"


@given(name=TEXTS, title=TEXTS, place=TEXTS, description=TEXTS)
def test_whatever_is_typed_stays_where_it_belongs(
    name: str, title: str, place: str, description: str
) -> None:
    file = feed_file(name, [an_event(title=title, place=place, description=description)], NOW)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(file)
    [event] = calendar.walk("VEVENT")
    assert str(calendar["NAME"]) == name
    assert str(event["SUMMARY"]) == title
    assert str(event.get("LOCATION", "")) == place
    assert str(event.get("DESCRIPTION", "")) == description
