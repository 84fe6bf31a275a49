"""A booking's event: what stands in the booking, and nothing that a customer smuggled in."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.bookings.policy import Policy
from admitone.domain.calendar.calendar_event import booking_of, event_body, event_id, event_uid
from admitone.domain.pages.event_type import Location
from admitone.domain.text import without_bidi_controls
from admitone.domain.tokens import ALPHABET, ID_LENGTH
from admitone.texts.catalogues import ENGLISH
from admitone.texts.translator import translator
from tests.support.factories import a_booking, a_booking_data, a_user

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking

IDS = st.text(ALPHABET.lower(), min_size=ID_LENGTH, max_size=ID_LENGTH)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
NAMES = TEXTS.map(without_bidi_controls)
URL = "https://book.test/manage/ABC?a=1&b=2"
ROOM = "https://book.test/dashboard/bookings/abc"


def the_body(booking: Booking, **changes: Any) -> dict[str, Any]:
    """The event of a booking whose customer gets no mail."""
    values: dict[str, Any] = {
        "texts": translator(ENGLISH),
        "host": a_user(),
        "others": [],
        "timezone": "UTC",
        "booking_url": ROOM,
        "manage_url": URL,
    }
    return event_body(booking, **values | changes)


@given(IDS, st.integers(0, 10**6))
def test_an_events_id_is_googles_alphabet_and_leads_back_to_its_booking(
    booking: str, assignment: int
) -> None:
    event = event_id(booking, assignment)
    assert re.fullmatch("[a-v0-9]{5,1024}", event)
    assert booking_of(event) == (booking, assignment)


@given(st.text(max_size=60) | st.from_regex("ao[a-z0-9]{26}[0-9]{1,3}", fullmatch=True))
def test_only_ids_that_were_made_here_lead_anywhere(event: str) -> None:
    found = booking_of(event)
    assert found is None or event_id(*found) == event


@given(NAMES, TEXTS, TEXTS)
def test_what_people_type_is_text(name: str, policy: str, place: str) -> None:
    data = a_booking_data(name=name, policy=Policy(text=policy), location=Location("in_person", place))
    body = the_body(a_booking(data=data), host=a_user(name=name))
    page = _Page(body["description"])
    assert {tag for tag, _ in page.tags} <= {"a", "b", "br"}
    assert [attributes for tag, attributes in page.tags if tag == "a"] == [[("href", URL)]]
    for typed in (name, policy):
        for line in typed.strip().splitlines():
            assert line in page.text
    for line in (body["summary"], body.get("location", ""), body["attendees"][0]["displayName"]):
        assert len(line.splitlines()) <= 1


@given(st.sampled_from("'a\n"), st.integers(0, 2000))
def test_however_much_was_typed_google_takes_it_with_the_link(text: str, length: int) -> None:
    data = a_booking_data(name="&" * 200, policy=Policy(text=text * length))
    body = the_body(a_booking(data=data))
    assert len(body["description"]) <= 8192
    page = _Page(body["description"])
    assert ("a", [("href", URL)]) in page.tags
    assert "&" * 200 in page.text


def test_an_event_says_who_when_and_where() -> None:
    booking = a_booking(sequence=2, assignment=1, users=["user", "other"])
    booking = msgspec.structs.replace(booking, start=1_800_000_000, end=1_800_001_800)
    guest = a_user(id="other", email="gus@host.test", name="Gus Guest")
    body = the_body(booking, others=[guest], timezone="Asia/Tokyo")
    assert body["id"] == event_id(booking.id, 1)
    assert event_uid(booking) == f"{body['id']}@google.com"
    assert body["summary"] == "Half an hour: Carla Customer and Hanna Host"
    assert body["start"] == {"dateTime": "2027-01-15T08:00:00Z", "timeZone": "Asia/Tokyo"}
    assert body["end"] == {"dateTime": "2027-01-15T08:30:00Z", "timeZone": "Asia/Tokyo"}
    assert body["sequence"] == 2
    assert body["location"] == "By phone"
    assert "conferenceData" not in body
    assert [attendee["email"] for attendee in body["attendees"]] == ["carla@customer.test", "gus@host.test"]


def test_a_customers_own_words_are_not_in_what_google_mails() -> None:
    words = "You have won. Call me."
    body = the_body(
        a_booking(data=a_booking_data(notes=words, answers={"why": words}, questions={"why": "?"}))
    )
    assert words not in str(body)


def test_only_its_creator_is_led_to_the_dashboard() -> None:
    body = the_body(a_booking(), manage_url=None)
    assert body["source"] == {"title": "Booking in Admit One", "url": ROOM}
    assert "https://" not in body["description"]
    assert "carla@customer.test" in body["description"]


def test_meet_is_asked_for_by_a_name_that_stays() -> None:
    booking = a_booking(data=a_booking_data(location=Location("google_meet")))
    first, later = (
        the_body(each)
        for each in (booking, msgspec.structs.replace(booking, sequence=4, start=booking.start + 60))
    )
    assert first["conferenceData"]["createRequest"]["requestId"]
    assert first["conferenceData"] == later["conferenceData"]
    assert "location" not in first


class _Page(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data
