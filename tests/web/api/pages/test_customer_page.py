"""`GET /api/v1/book/CODE`, `POST …/opened`: what a customer sees before booking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.pages.event_type import MEETING_TO_FOLLOW
from tests.support.api.calling import CARLA, answered, refused
from tests.support.customer.stored import counters_without_fetches, without_fetches
from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

THURSDAY = {"from_": "2026-11-19", "to": "2026-11-19"}
NOWHERE = [
    "0ABC0123456789012345",
    ".0ABC0123456789012345",
    "..0ABC0123456789012345",
    "0ABC",
    "0ABC012345678901234U",
    "missing",
    "settings",
    "MISSING",
    "%00",
    "%ED%A0%80",
    "0abc%C5%BF123456789012345",
    "a" * 61,
    "x" * 2000,
    "*",
]


async def test_a_link_shows_what_it_takes_to_book_and_no_more(admin: Api, customer: Api, page: Any) -> None:
    link = await admin.new_link(page)
    reply = await customer.get(f"/book/{link['code']}")
    assert answered(reply) == {
        "title": "Talk to Hanna",
        "host_name": "Alex Admin",
        "description": "Choose a time.",
        "one_time": True,
        "expires_at": "2027-02-16T11:06:40Z",
        "event_types": [
            {
                "id": page["event_types"][0],
                "name": "Half an hour",
                "duration_minutes": 30,
                "location": {"kind": "phone", "detail": ""},
                "description": "We get to know each other.",
                "max_guests": 0,
            }
        ],
        "person": None,
        "skip_form": False,
        "form": [],
        "timezone": "Europe/Paris",
        "locale": None,
        "theme": "auto",
        "confirm_email": False,
    }
    slots = await customer.get(f"/book/{link['code']}/slots", **THURSDAY)
    booking = await customer.book(link["code"], "2026-11-19T08:00:00Z")
    for told in (reply, slots, booking):
        assert page["id"] not in told.text
        assert "hanna" not in told.text
        assert link["id"] not in told.text
        assert admin.user not in told.text


async def test_a_general_link_shows_the_page(customer: Api, page: Any) -> None:
    assert page["general_link"]
    shown = answered(await customer.get("/book/hanna"))
    assert (shown["one_time"], shown["expires_at"], shown["person"]) == (False, None, None)


@pytest.mark.parametrize("kind", ["link", "google_meet", "in_person", "phone", "ask"])
async def test_what_opens_a_meeting_is_told_after_booking_only(
    admin: Api, customer: Api, page: Any, kind: str
) -> None:
    secret = "WWW.meet.test/x password 4711" if kind == "ask" else "Call: https://meet.test/x?pwd=4711"
    location = {"kind": kind, "detail": secret}
    await admin.patch(f"/event-types/{page['event_types'][0]}", {"location": location})
    link = await admin.new_link(page)
    for address in (link["code"], "hanna"):
        reply = await customer.get(f"/book/{address}")
        assert "4711" not in reply.text
        told = MEETING_TO_FOLLOW if kind == "google_meet" else ""  # no calendar is connected
        assert answered(reply)["event_types"][0]["location"] == {"kind": kind, "detail": told}
    booking = await customer.booked(link["code"], "2026-11-19T08:00:00Z")
    assert booking["location"] == location


async def test_an_address_is_told_before_booking(admin: Api, customer: Api, page: Any) -> None:
    location = {"kind": "in_person", "detail": "12 Rue A"}
    await admin.patch(f"/event-types/{page['event_types'][0]}", {"location": location})
    shown = answered(await customer.get("/book/hanna"))
    assert shown["event_types"][0]["location"] == location


async def test_a_link_for_one_event_type_shows_that_one(admin: Api, customer: Api) -> None:
    one, two = await admin.new_event_type(), await admin.new_event_type(duration_minutes=60)
    page = await admin.new_page(one, two)
    both = answered(await customer.get(f"/book/{(await admin.new_link(page))['code']}"))
    assert [each["id"] for each in both["event_types"]] == [one["id"], two["id"]]
    link = await admin.new_link(page, event_type=two["id"])
    shown = answered(await customer.get(f"/book/{link['code']}"))
    assert [each["id"] for each in shown["event_types"]] == [two["id"]]


async def test_a_person_is_known_and_skips_a_form_that_asks_for_nothing_more(
    admin: Api, customer: Api, page: Any
) -> None:
    async def shown(**changes: object) -> tuple[Any, bool]:
        link = await admin.new_link(page, **changes)
        told = answered(await customer.get(f"/book/{link['code']}"))
        return told["person"], told["skip_form"]

    assert await shown() == (None, False)
    assert await shown(skip_form=True) == (None, False)
    assert await shown(person=CARLA) == (CARLA, True)
    assert await shown(person=CARLA, skip_form=False) == (CARLA, False)
    question = {"id": "company", "label": "Company"}
    await admin.patch(f"/booking-pages/{page['id']}", {"form": [question]})
    assert await shown(person=CARLA) == (CARLA, True)
    await admin.patch(f"/booking-pages/{page['id']}", {"form": [question | {"required": True}]})
    assert await shown(person=CARLA, skip_form=True) == (CARLA, False)


def misread(code: str) -> str:
    """A code as a person might type it."""
    return code.lower().replace("0", "o").replace("1", "l")


@pytest.mark.parametrize("dot", ["", "."])
@pytest.mark.parametrize(
    "spell", [str, str.lower, misread, lambda code: code.replace("1", "I").replace("0", "O")]
)
async def test_a_code_is_known_however_it_is_written(
    admin: Api, customer: Api, page: Any, dot: str, spell: Any
) -> None:
    link = await admin.new_link(page)
    address = dot + spell(link["code"])
    answered(await customer.get(f"/book/{address}"))
    assert (await customer.starts(address, "2026-11-19", "2026-11-19"))[0] == "2026-11-19T08:00:00Z"
    assert (await customer.post(f"/book/{address}/opened")).status == 204
    await customer.booked(address, "2026-11-19T08:00:00Z")
    refused(await customer.get(f"/book/{link['code']}"), 410, "link-booked")


@pytest.mark.parametrize("address", NOWHERE)
async def test_an_address_that_leads_nowhere_is_not_found(customer: Api, page: Any, address: str) -> None:
    assert page
    refused(await customer.get(f"/book/{address}"), 404, "link-not-found")
    refused(await customer.get(f"/book/{address}/slots", **THURSDAY), 404, "link-not-found")
    refused(await customer.post(f"/book/{address}/opened"), 404, "link-not-found")
    refused(await customer.book(address, "2026-11-19T08:00:00Z"), 404, "link-not-found")


async def test_a_general_link_that_is_off_or_leads_to_nothing_is_not_found(
    deployment: Deployment, admin: Api, member: Api, customer: Api
) -> None:
    event_type = await admin.new_event_type()
    page = await member.new_page(event_type, slug="hanna")

    async def expect(found: bool) -> None:
        reply = await customer.get("/book/hanna")
        slots = await customer.get("/book/hanna/slots", **THURSDAY)
        if found:
            assert (reply.status, slots.status) == (200, 200)
        else:
            refused(reply, 404, "link-not-found")
            refused(slots, 404, "link-not-found")
            refused(await customer.book("hanna", "2026-11-19T08:00:00Z"), 404, "link-not-found")

    await expect(True)
    for off, on in (
        ({"general_link": False}, {"general_link": True}),
        ({"enabled": False}, {"enabled": True}),
        ({"event_types": []}, {"event_types": [event_type["id"]]}),
    ):
        answered(await member.patch(f"/booking-pages/{page['id']}", off))
        await expect(False)
        answered(await member.patch(f"/booking-pages/{page['id']}", on))
        await expect(True)
    await deployment.change_user(member, active=False)
    await expect(False)
    await deployment.change_user(member, active=True)
    await admin.delete(f"/event-types/{event_type['id']}")
    await expect(False)


async def test_looking_changes_nothing_but_what_is_known_of_looking(
    deployment: Deployment, admin: Api, customer: Api, page: Any, clock: Clock
) -> None:
    link, other = await admin.new_link(page), await admin.new_link(page)
    booking = await customer.booked(other["code"], "2026-11-19T08:00:00Z")
    manage = f"/manage/{booking['manage_url'].rpartition('/')[2]}"
    before = await read_workspaces(deployment.store.client)
    clock.forward(minutes=5)
    for code in (link["code"], other["code"], "hanna"):
        for method in ("GET", "HEAD"):
            await customer.call(method, f"/book/{code}")
            query = {"from": "2026-11-19", "to": "2026-11-20", "timezone": "UTC"}
            await customer.call(method, f"/book/{code}/slots", query=query)
    for method in ("GET", "HEAD"):
        assert (await customer.call(method, manage)).status == 200
        assert (await customer.call(method, f"{manage}/slots", query=query)).status == 200
    [after] = await read_workspaces(deployment.store.client)
    [mine] = before
    for found in (link, other):
        seen = after.hashes[f"link:{found['id']}"]
        assert (seen["fetched"], seen["fetches"]) == (str(clock.now), "2")
    assert counters_without_fetches(after) == counters_without_fetches(mine)
    after.hashes, mine.hashes = without_fetches(after.hashes), without_fetches(mine.hashes)
    after.counters = mine.counters = {}
    assert after == mine


async def test_fetches_are_counted_up_to_a_limit(
    deployment: Deployment, admin: Api, customer: Api, page: Any, clock: Clock
) -> None:
    link = await admin.new_link(page)
    key = deployment.store.keys("0ABC").link(link["id"])
    answered(await customer.get(f"/book/{link['code']}"))
    await deployment.store.client.hset(key, "fetches", "998")
    clock.forward(minutes=1)
    for _ in range(3):
        answered(await customer.get(f"/book/{link['code']}"))
    first = str(clock.now - 60).encode()
    assert await deployment.store.client.hmget(key, "fetches", "fetched") == [b"999", first]


async def test_a_link_is_opened_once(admin: Api, customer: Api, page: Any, clock: Clock) -> None:
    link = await admin.new_link(page)
    assert (await customer.post("/book/hanna/opened")).status == 204
    for _ in range(2):
        reply = await customer.post(f"/book/{link['code']}/opened")
        assert (reply.status, reply.text) == (204, "")
        clock.forward(minutes=1)
    found = answered(await admin.get(f"/links/{link['id']}"))
    assert (found["opened_at"], found["fetched_at"]) == ("2026-11-18T11:06:40Z", None)
    await customer.booked(link["code"], "2026-11-19T08:00:00Z")
    refused(await customer.post(f"/book/{link['code']}/opened"), 410, "link-booked")
