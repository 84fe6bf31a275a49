"""Calendar files: whatever stands in a booking comes out of them as it went in."""

from __future__ import annotations

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.calendar_event import event_uid
from admitone.domain.calendar_file import Meeting, calendar_file
from tests.factories import NOW, a_booking

LINES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200)
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00\x0b\x0c\x85"), max_size=500
)


@given(LINES, LINES, TEXTS, LINES)
def test_texts_come_out_as_they_went_in(title: str, place: str, description: str, name: str) -> None:
    booking = a_booking()
    meeting = Meeting(
        title=title,
        place=place,
        description=description,
        url="https://book.test/manage/X",
        organiser=(name, "hanna@host.test"),
    )
    data = calendar_file(booking, meeting, NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    [event] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["SUMMARY"]) == title
    assert str(event.get("LOCATION", "")) == place
    assert str(event["ORGANIZER"]) == "mailto:hanna@host.test"
    assert event["UID"] == event_uid(booking)
    assert data.count(b"BEGIN:VEVENT") == 1
    assert {name for name, _ in event.property_items(recursive=False)} <= KNOWN


def test_without_a_host_there_is_no_organiser() -> None:
    meeting = Meeting(title="A", place="", description="", url="https://book.test", organiser=None)
    data = calendar_file(a_booking(status="cancelled", sequence=3), meeting, NOW)
    [event] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert "ORGANIZER" not in event
    assert event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"].to_ical() == b"3"


KNOWN = {
    "BEGIN",
    "END",
    "UID",
    "SEQUENCE",
    "DTSTAMP",
    "CREATED",
    "DTSTART",
    "DTEND",
    "STATUS",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "URL",
    "ORGANIZER",
}
