"""Asking for the manage link by mail: the same answer whoever asks, one mail at most in ten minutes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from admitone.web.http.connections.network_limit import MISSES
from tests.support.customer.host import outbox, path_of
from tests.support.factories import a_code
from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

TEN = "2026-11-19T09:00:00Z"


async def requests(host: Host) -> list[Any]:
    """The requests in the outbox."""
    [workspace] = await read_workspaces(host.deployment.store.client)
    return outbox(workspace, "manage_link.requested")


async def used(host: Host, **link: object) -> tuple[str, str]:
    """The path of a link that Carla booked by, and her booking's id."""
    made = await host.link(**link)
    booking = await host.deployment.customer.booked(made["code"], TEN)
    return path_of(made), booking["id"]


async def test_the_address_that_booked_is_mailed(host: Host, visitor: Visitor) -> None:
    path, booking = await used(host)
    form = (await visitor.get(path)).page.form()
    answer = await visitor.send(form, path, email=" Carla@Customer.test ")
    assert answer.status == 202
    [event] = await requests(host)
    assert event["booking"] == booking
    assert event["by"] == "customer"
    assert "carla" not in str(event)


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "nobody@customer.test"},
        {"email": ""},
        {},
        {"email": "x" * 5000},
        {"email": "carla@customer.test\r\nBcc: x@y.test"},
        {"email": "<script>alert(1)</script>"},
    ],
)
async def test_anybody_else_gets_the_same_answer_and_no_mail(
    host: Host, visitor: Visitor, fields: dict[str, str]
) -> None:
    path, _ = await used(host)
    right = await visitor.post(f"{path}/resend", {"email": "carla@customer.test"})
    other = await visitor.post(f"{path}/resend", fields)
    assert (other.status, other.text) == (right.status, right.text)
    assert other.headers.keys() == right.headers.keys()
    assert len(await requests(host)) == 1


@pytest.mark.parametrize("path", ["/.0ABC0000000000000000", "/.short", "/.hanna-page"])
async def test_a_code_that_there_is_not_gets_the_same_answer(host: Host, visitor: Visitor, path: str) -> None:
    known, _ = await used(host)
    right = await visitor.post(f"{known}/resend", {"email": "nobody@customer.test"})
    other = await visitor.post(f"{path}/resend", {"email": "carla@customer.test"})
    assert (other.status, other.text) == (right.status, right.text)


async def test_it_is_mailed_once_in_ten_minutes_whoever_asks_in_between(host: Host, visitor: Visitor) -> None:
    path, _ = await used(host)
    await visitor.post(f"{path}/resend", {"email": "nobody@customer.test"})
    answers = await asyncio.gather(
        *(visitor.post(f"{path}/resend", {"email": "carla@customer.test"}) for _ in range(10))
    )
    assert {answer.status for answer in answers} == {202}
    assert len(await requests(host)) == 1
    client = host.deployment.store.client
    [key] = [key async for key in client.scan_iter(match="*:requested")]
    assert 0 < await client.ttl(key) <= 600
    await client.delete(key)  # as time does
    await visitor.post(f"{path}/resend", {"email": "carla@customer.test"})
    assert len(await requests(host)) == 2


async def test_of_several_bookings_the_last_of_that_address_is_meant(host: Host, visitor: Visitor) -> None:
    link = await host.link(on_cancel="reactivate")
    ids = []
    for email in ("carla@customer.test", "carla@customer.test", "dora@customer.test"):
        booking = await host.deployment.customer.booked(link["code"], TEN, email=email)
        ids.append(booking["id"])
        if email != "dora@customer.test":
            token = booking["manage_url"].rpartition("/")[2]
            await host.deployment.customer.post(f"/manage/{token}/cancel", {})
    await visitor.post(f"{path_of(link)}/resend", {"email": "carla@customer.test"})
    [event] = await requests(host)
    assert event["booking"] == ids[1]


async def test_a_link_that_nobody_used_mails_nothing(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    assert (await visitor.post(f"{path}/resend", {"email": "carla@customer.test"})).status == 202
    assert await requests(host) == []


@pytest.mark.parametrize("path", ["/.{}", "/.short", "/.hanna-page"])
async def test_a_guess_here_is_a_miss_as_anywhere(host: Host, visitor: Visitor, path: str) -> None:
    known = await host.path()
    for _ in range(MISSES + 2):
        answer = await visitor.post(f"{path.format(a_code())}/resend", {"email": "carla@customer.test"})
        assert answer.status == 202
    assert (await visitor.get(f"/.{a_code()}")).status == 429
    assert (await visitor.post(f"{known}/resend", {"email": "carla@customer.test"})).status == 202


async def test_a_miss_makes_as_many_trips_to_redis_as_a_hit(host: Host, visitor: Visitor) -> None:
    used_path, _ = await used(host)
    unused, unknown, nowhere = await host.path(), f"/.{a_code()}", f"/.{a_code('ZZZZ')}"
    asked = [(used_path, "nobody@x.test"), (used_path, "carla@customer.test")]
    asked += [(path, "carla@customer.test") for path in (used_path, unused, unknown, nowhere)]
    lines = host.deployment.store.lines
    trips = set()
    await visitor.get(used_path)
    for path, email in asked:
        before = lines.trips
        assert (await visitor.post(f"{path}/resend", {"email": email})).status == 202
        trips.add(lines.trips - before)
    assert trips == {3}
