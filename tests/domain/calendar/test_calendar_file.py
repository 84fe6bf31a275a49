"""Calendar files: whatever stands in a booking comes out of them as it went in."""

from __future__ import annotations

from datetime import UTC, datetime

import icalendar
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from admitone.domain.calendar.calendar_event import event_uid
from admitone.domain.calendar.calendar_file import Meeting, calendar_file, invitation
from tests.support.factories import NOW, a_booking, a_booking_data

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


@settings(deadline=None)
@given(LINES, LINES, TEXTS, LINES, LINES)
def test_an_invitation_says_the_same_to_another_reader(
    title: str, place: str, description: str, name: str, customer: str
) -> None:
    booking = a_booking(data=a_booking_data(name=customer), sequence=2)
    meeting = Meeting(
        title=title,
        place=place,
        description=description,
        url="https://book.test/manage/X",
        organiser=(name, "hanna@host.test"),
    )
    sent = invitation(booking, meeting, NOW)
    assert sent.method == "REQUEST"
    [calendar] = vobject.readComponents(sent.content.decode())
    assert calendar.method.value == "REQUEST"
    assert [component.name for component in calendar.getChildren()].count("VEVENT") == 1
    event = calendar.vevent
    assert event.uid.value == event_uid(booking)
    assert event.sequence.value == "2"
    assert event.dtstart.value == datetime.fromtimestamp(booking.start, UTC)
    assert event.dtend.value == datetime.fromtimestamp(booking.end, UTC)
    assert event.dtstamp.value == datetime.fromtimestamp(NOW, UTC)
    assert event.organizer.value == "mailto:hanna@host.test"
    assert event.attendee.value == "mailto:carla@customer.test"
    assert event.attendee.params["PARTSTAT"] == ["ACCEPTED"]
    assert event.summary.value == title
    assert event.description.value == description
    assert {child.name for child in event.getChildren()} <= KNOWN | {"ATTENDEE"}


def test_a_cancelled_booking_is_struck_out() -> None:
    meeting = Meeting(title="A", place="", description="", url="https://book.test", organiser=None)
    sent = invitation(a_booking(status="cancelled", sequence=3), meeting, NOW)
    [calendar] = vobject.readComponents(sent.content.decode())
    assert (sent.method, calendar.method.value) == ("CANCEL", "CANCEL")
    assert (calendar.vevent.status.value, calendar.vevent.sequence.value) == ("CANCELLED", "3")
