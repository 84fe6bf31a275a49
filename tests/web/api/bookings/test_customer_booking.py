"""`POST /api/v1/book/CODE`: booking, by whom and with what. The order of refusals is in test_refusals.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import CARLA, answered, booking_body, created, refused, token_of

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

START = "2026-11-19T08:00:00Z"
LATER = "2026-11-19T09:00:00Z"


@pytest.fixture
async def page(admin: Api) -> Any:
    """A page with one event type."""
    return await admin.new_page(await admin.new_event_type(), slug="hanna")


async def test_a_booking_answers_all_that_its_customer_needs(admin: Api, customer: Api, page: Any) -> None:
    link = await admin.new_link(page)
    body = booking_body(START, timezone="America/New_York", notes=" I bring\na friend ", locale="en-US")
    booking = created(await customer.post(f"/book/{link['code']}", body))
    token = token_of(booking)
    assert len(token) == 30
    manage_url = f"http://127.0.0.1:8080/manage/{token}"
    assert booking == {
        "id": booking["id"],
        "status": "scheduled",
        "start": START,
        "end": "2026-11-19T08:30:00Z",
        "timezone": "America/New_York",
        "event_type": page["event_types"][0],
        "event_type_name": "Half an hour",
        "host_name": "Alex Admin",
        "location": {"kind": "phone", "detail": ""},
        "person": CARLA,
        "manage_url": manage_url,
        "ics_url": f"{manage_url}/invite.ics",
        "join_url": None,
        "guests": [],
    }
    assert answered(await admin.get(f"/bookings/{booking['id']}")) == {
        "id": booking["id"],
        "status": "scheduled",
        "link": link["id"],
        "page": page["id"],
        "event_type": page["event_types"][0],
        "event_type_name": "Half an hour",
        "start": START,
        "end": "2026-11-19T08:30:00Z",
        "timezone": "America/New_York",
        "person": CARLA,
        "host": admin.user,
        "hosts": [admin.user],
        "guests": [],
        "answers": {},
        "notes": "I bring\na friend",
        "reschedules": 0,
        "created_at": "2026-11-18T11:06:40Z",
        "join_url": None,
        "conflict": None,
        "calendar": None,
    }
    found = answered(await admin.get(f"/links/{link['id']}"))
    assert (found["status"], found["bookings"]) == ("booked", [booking["id"]])


async def test_a_start_may_be_written_with_any_offset(customer: Api, page: Any) -> None:
    assert (await customer.booked(page["slug"], "2026-11-19T09:00:00+01:00"))["start"] == START
    assert (await customer.booked(page["slug"], "2026-11-19T10:00:00.000+01:00"))["start"] == LATER


async def test_a_general_link_is_booked_again_and_again(admin: Api, customer: Api, page: Any) -> None:
    booking = await customer.booked(page["slug"], START)
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["link"] is None
    refused(await customer.book(page["slug"], START), 409, "slot-taken")
    await customer.booked(page["slug"], LATER)


async def test_a_link_is_booked_once(admin: Api, customer: Api, page: Any) -> None:
    link = await admin.new_link(page)
    await customer.booked(link["code"], START)
    refused(await customer.book(link["code"], LATER), 410, "link-booked")
    refused(await customer.get(f"/book/{link['code']}"), 410, "link-booked")
    slots = await customer.get(f"/book/{link['code']}/slots", from_="2026-11-19", to="2026-11-19")
    refused(slots, 410, "link-booked")


async def test_the_zone_is_the_page_s_unless_told(customer: Api, page: Any) -> None:
    assert (await customer.booked(page["slug"], START))["timezone"] == "Europe/Paris"


@pytest.mark.parametrize(
    ("detail", "url"),
    [
        ("https://meet.example/room", "https://meet.example/room"),
        ("javascript:alert(1)", None),
        ("the room on our portal", None),
        ("", None),
    ],
)
async def test_a_location_that_is_a_link_is_where_to_join(
    admin: Api, customer: Api, detail: str, url: str | None
) -> None:
    """Programs put what they are told into pages of their own, so that it must be an address of the web."""
    page = await admin.new_page(await admin.new_event_type(location={"kind": "link", "detail": detail}))
    assert (await customer.booked(page["slug"], START))["join_url"] == url


async def test_the_event_type_is_chosen_where_there_are_several(admin: Api, customer: Api) -> None:
    half, hour = await admin.new_event_type(), await admin.new_event_type(duration_minutes=60)
    page = await admin.new_page(half, hour)
    refused(await customer.book(page["slug"], START), 422, "invalid", "event_type")
    refused(await customer.book(page["slug"], START, event_type="missing"), 422, "invalid", "event_type")
    booking = await customer.booked(page["slug"], START, event_type=hour["id"])
    assert (booking["end"], booking["event_type"]) == ("2026-11-19T09:00:00Z", hour["id"])
    only = await admin.new_link(page, event_type=half["id"])
    wrong = await customer.book(only["code"], LATER, event_type=hour["id"])
    refused(wrong, 422, "invalid", "event_type")
    assert (await customer.booked(only["code"], LATER))["end"] == "2026-11-19T09:30:00Z"


async def test_what_the_customer_types_outranks_the_link_s_person(
    admin: Api, customer: Api, page: Any
) -> None:
    dora = {"name": "Dora", "email": "dora@customer.test"}
    known = [await admin.new_link(page, person=CARLA) for _ in range(4)]
    bare = {"name": None, "email": None}
    for link, changes, person in (
        (known[0], bare, CARLA),
        (known[1], dora, dora),
        (known[2], bare | {"name": "Dora"}, CARLA | {"name": "Dora"}),
        (known[3], bare | {"email": "dora@customer.test"}, CARLA | {"email": "dora@customer.test"}),
    ):
        start = (await customer.starts(link["code"], "2026-11-19", "2026-11-19"))[0]
        assert (await customer.booked(link["code"], start, **changes))["person"] == person
        assert answered(await admin.get(f"/links/{link['id']}"))["person"] == CARLA


async def test_who_is_not_known_says_who_they_are(admin: Api, customer: Api, page: Any) -> None:
    for code in (page["slug"], (await admin.new_link(page))["code"]):
        refused(await customer.book(code, START, name=None), 422, "invalid", "name")
        refused(await customer.book(code, START, email=None), 422, "invalid", "email")
        refused(await customer.book(code, START, name=None, email=None), 422, "invalid", "name", "email")


QUESTIONS = [
    {"id": "company", "label": "Company", "kind": "text", "required": True},
    {"id": "story", "label": "Story", "kind": "textarea"},
    {"id": "second", "label": "Second address", "kind": "email"},
    {"id": "phone", "label": "Telephone", "kind": "phone"},
    {"id": "size", "label": "Size", "kind": "select", "options": ["S", "M"]},
    {"id": "terms", "label": "I agree", "kind": "checkbox", "required": True},
]


async def test_answers_are_kept_with_the_booking(admin: Api, customer: Api) -> None:
    page = await admin.new_page(await admin.new_event_type(), form=QUESTIONS)
    answers = {
        "terms": True,
        "company": "Acme",
        "story": "Long\nstory",
        "second": "c@customer.test",
        "phone": "+33 1 23 45 67 89",
        "size": "M",
    }
    booking = await customer.booked(page["slug"], START, answers=answers)
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["answers"] == answers
    few = {"company": "Acme", "terms": True, "story": "", "size": None}
    booking = await customer.booked(page["slug"], LATER, answers=few)
    kept = answered(await admin.get(f"/bookings/{booking['id']}"))["answers"]
    assert kept == {"company": "Acme", "terms": True}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"company": None}, ["company"]),
        ({"company": ""}, ["company"]),
        ({"company": 7}, ["company"]),
        ({"company": "two\nlines"}, ["company"]),
        ({"company": "x" * 1001}, ["company"]),
        ({"terms": False}, ["terms"]),
        ({"terms": "yes"}, ["terms"]),
        ({"size": "L"}, ["size"]),
        ({"size": ["S"]}, ["size"]),
        ({"second": "nowhere"}, ["second"]),
        ({"phone": "call me"}, ["phone"]),
        ({"story": "x" * 5001}, ["story"]),
        ({"color": "blue"}, ["color"]),
        ({"company": "", "terms": None, "size": "L"}, ["company", "size", "terms"]),
    ],
)
async def test_answers_that_do_not_fit_are_refused(
    admin: Api, customer: Api, changes: dict[str, Any], fields: list[str]
) -> None:
    page = await admin.new_page(await admin.new_event_type(), form=QUESTIONS)
    answers = {"company": "Acme", "terms": True} | changes
    reply = await customer.book(page["slug"], START, answers=answers)
    refused(reply, 422, "invalid", *(f"answers.{field}" for field in fields))
    assert (await admin.get("/bookings")).items == []


INVALID: list[tuple[dict[str, Any], str]] = [
    ({"start": None}, "start"),
    ({"start": "tomorrow"}, "start"),
    ({"start": 1795000000}, "start"),
    ({"start": "2026-11-19T08:00:00"}, "start"),
    ({"start": "2026-11-19 08:00:00Z"}, "start"),
    ({"start": "2026-11-19T08:00:00.5Z"}, "start"),
    ({"start": "2026-11-31T08:00:00Z"}, "start"),
    ({"start": "2026-11-19T24:00:00Z"}, "start"),
    ({"start": "0001-01-01T00:00:00+01:00"}, "start"),
    ({"start": "9999-12-31T23:59:59-00:01"}, "start"),
    ({"name": ""}, "name"),
    ({"name": "x" * 201}, "name"),
    ({"name": "two\nlines"}, "name"),
    ({"name": 7}, "name"),
    ({"email": ""}, "email"),
    ({"email": "carla"}, "email"),
    ({"email": "carla@customer.test\nBcc: all@customer.test"}, "email"),
    ({"email": ["carla@customer.test"]}, "email"),
    ({"timezone": "Paris"}, "timezone"),
    ({"timezone": ""}, "timezone"),
    ({"notes": "x" * 5001}, "notes"),
    ({"notes": "bell \a"}, "notes"),
    ({"notes": 7}, "notes"),
    ({"answers": []}, "answers"),
    ({"locale": "x" * 36}, "locale"),
    ({"locale": "en\nUS"}, "locale"),
    ({"event_type": 7}, "event_type"),
    ({"end": "2026-11-19T09:00:00Z"}, "end"),
    ({"skip": True}, "skip"),
]


@pytest.mark.parametrize(("changes", "field"), INVALID, ids=[str(changes)[:60] for changes, _ in INVALID])
async def test_what_is_not_valid_is_refused_whatever_the_address_leads_to(
    admin: Api, customer: Api, page: Any, changes: dict[str, Any], field: str
) -> None:
    link = await admin.new_link(page, person=CARLA)
    body = {name: value for name, value in (booking_body(START) | changes).items() if value is not None}
    for address in (link["code"], page["slug"], "missing", "0ABC0123456789012345"):
        refused(await customer.post(f"/book/{address}", body), 422, "invalid", field)
    assert (await admin.get("/bookings")).items == []


async def test_every_place_that_is_wrong_is_named(customer: Api, page: Any) -> None:
    body = booking_body(START, name="", email="x", timezone="Mars", notes="\a", locale="\a")
    reply = await customer.post(f"/book/{page['slug']}", body)
    refused(reply, 422, "invalid", "name", "email", "timezone", "notes", "locale")


@pytest.mark.parametrize("key", ["", "x" * 256, "über", "tab\tkey"])
async def test_an_idempotency_key_is_plain_text(customer: Api, page: Any, key: str) -> None:
    reply = await customer.call(
        "POST", f"/book/{page['slug']}", booking_body(START), headers={"Idempotency-Key": key}
    )
    refused(reply, 422, "invalid", "Idempotency-Key")


async def test_a_cancelled_booking_leaves_its_link_booked(admin: Api, customer: Api, page: Any) -> None:
    link = await admin.new_link(page)
    booking = await customer.booked(link["code"], START)
    answered(await customer.post(f"/manage/{token_of(booking)}/cancel", {}))
    refused(await customer.book(link["code"], START), 410, "link-booked")
    other = await admin.new_link(page)
    await customer.booked(other["code"], START)


async def test_a_cancelled_booking_frees_a_link_that_is_to_be_reactivated(
    deployment: Deployment, admin: Api, customer: Api, page: Any
) -> None:
    link = await admin.new_link(page, on_cancel="reactivate")
    first = await customer.booked(link["code"], START)
    answered(await customer.post(f"/manage/{token_of(first)}/cancel", {}))
    second = await customer.booked(link["code"], START)
    answered(await admin.post(f"/bookings/{second['id']}/cancel"))
    third = await customer.booked(link["code"], START)
    deployment.clock.forward(days=1)
    answered(await admin.post(f"/bookings/{third['id']}/no-show"))
    refused(await customer.book(link["code"], "2026-11-20T08:00:00Z"), 410, "link-booked")
    found = answered(await admin.get(f"/links/{link['id']}"))
    assert found["bookings"] == [first["id"], second["id"], third["id"]]
