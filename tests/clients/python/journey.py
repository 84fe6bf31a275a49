"""The journey of a link with the client that openapi-python-client makes, to the cancelled booking.

`BASE` is the server's address, `KEY` an administrator's API key.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TypeVar

from admit_one_client import AuthenticatedClient, Client
from admit_one_client.api.book import visit_book, visit_get, visit_slots
from admit_one_client.api.booking_pages import booking_page_create
from admit_one_client.api.bookings import booking_list
from admit_one_client.api.event_types import event_type_create, event_type_update
from admit_one_client.api.links import link_create
from admit_one_client.api.manage import managed_cancel, managed_reschedule
from admit_one_client.models import (
    BookingListStatus,
    BookingPageBody,
    CustomerBooking,
    CustomerBookingAnswers,
    EventTypeBody,
    EventTypePatch,
    FormFieldInput,
    LinkBody,
    LocationInput,
    LocationInputKind,
    Move,
    Person,
    PolicyPatch,
    Problem,
    Reason,
    ScheduleInput,
    WeeklyInput,
)

Answer = TypeVar("Answer")
DAYS = ("mon", "tue", "wed", "thu", "fri")
HOURS = [["09:00", "17:00"]]


def answer(given: Answer | Problem | None) -> Answer:
    """The answer of a call that must succeed."""
    assert given is not None
    assert not isinstance(given, Problem), given
    return given


def travel(host: AuthenticatedClient, customer: Client) -> None:
    """Every step, with what it must answer."""
    location = LocationInput(LocationInputKind.PHONE)
    body = EventTypeBody("Half an hour", 30, location=location, window=None)
    event_type = answer(event_type_create.sync(client=host, body=body))
    assert event_type.policy.cancel.allow == "anytime"
    patch = EventTypePatch(duration_minutes=45, min_notice_minutes=None, policy=PolicyPatch(text="Call us."))
    patched = answer(event_type_update.sync(event_type.id, client=host, body=patch))
    assert (patched.duration_minutes, patched.name) == (45, "Half an hour")
    assert (patched.policy.text, patched.policy.reason) == ("Call us.", "optional")

    page = answer(
        booking_page_create.sync(
            client=host,
            body=BookingPageBody(
                title="Talk to Hanna",
                slug="talk-in-python",
                event_types=[event_type.id],
                schedule=ScheduleInput("Europe/Paris", WeeklyInput(**dict.fromkeys(DAYS, HOURS))),
                form=[FormFieldInput("topic", "What about?")],
            ),
        )
    )
    assert page.schedule.weekly.mon == HOURS
    assert page.schedule.weekly.sun == []

    person = Person("Carla Customer", "carla@example.test")
    link = answer(
        link_create.sync(client=host, body=LinkBody(page.id, person=person), idempotency_key="order-4711")
    )
    assert link.status == "active"
    assert link.code

    assert answer(visit_get.sync(link.code, client=customer)).title == "Talk to Hanna"
    today = datetime.now(UTC).date()
    offered = answer(visit_slots.sync(link.code, client=customer, from_=today, to=today + timedelta(days=60)))
    first, second = [slot.start for day in offered.days for slot in day.slots][:2]

    answers = CustomerBookingAnswers.from_dict({"topic": "Clients"})
    booking = answer(
        visit_book.sync(link.code, client=customer, body=CustomerBooking(first, answers=answers))
    )
    assert booking.start == first
    token = booking.manage_url.rpartition("/")[2]

    refused = visit_book.sync_detailed(link.code, client=customer, body=CustomerBooking(second))
    assert refused.status_code is HTTPStatus.GONE
    assert isinstance(refused.parsed, Problem)
    assert refused.parsed.type_ == "/problems/link-booked"

    moved = answer(managed_reschedule.sync(token, client=customer, body=Move(second, "A clash")))
    assert (moved.status, moved.start) == ("rescheduled", second)
    assert answer(managed_cancel.sync(token, client=customer, body=Reason())).status == "cancelled"

    bookings = answer(booking_list.sync(client=host, status=BookingListStatus.CANCELLED, limit=5))
    assert [one.answers.to_dict() for one in bookings.items] == [{"topic": "Clients"}]


with (
    AuthenticatedClient(os.environ["BASE"], os.environ["KEY"]) as with_key,
    Client(os.environ["BASE"]) as without_key,
):
    travel(with_key, without_key)
