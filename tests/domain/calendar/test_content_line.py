"""Lines of calendar files are those that the icalendar package writes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Event, vCalAddress

from admitone.domain.calendar.content_line import line, text_value, time_value
from tests.support.factories import NOW

SIGNS = st.sampled_from([*"\\\\\\,;:N^\"'’\n\r é漢😀ab"])
TEXTS = st.text(SIGNS | st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200)


def by_icalendar(name: str, value: object) -> str:
    event = Event()
    event.add(name, value)
    lines: str = event.to_ical().decode()
    return lines.removeprefix("BEGIN:VEVENT\r\n").removesuffix("\r\nEND:VEVENT\r\n")


@settings(deadline=None)
@given(TEXTS)
def test_texts(text: str) -> None:
    assert line("SUMMARY", text_value(text)) == by_icalendar("summary", text)


@settings(deadline=None)
@given(TEXTS)
def test_names_beside_addresses(name: str) -> None:
    attendee = vCalAddress("mailto:carla@customer.test")
    attendee.params["CN"] = name
    attendee.params["PARTSTAT"] = "ACCEPTED"
    written = line("ATTENDEE", "mailto:carla@customer.test", {"PARTSTAT": "ACCEPTED", "CN": name})
    assert written == by_icalendar("attendee", attendee)


@pytest.mark.parametrize(
    "text", [r"a\Nb", "a\r\\Nb", "\\" * 90, "^" * 90, "é" * 40, "x" * 74, "x" * 65, "x" * 66]
)
def test_texts_at_the_limits(text: str) -> None:
    assert line("SUMMARY", text_value(text)) == by_icalendar("summary", text)


def test_times_are_in_utc() -> None:
    assert time_value(NOW) == "20261118T110640Z"
