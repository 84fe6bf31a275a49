"""What an earlier version wrote is read as before, and what is written now has the same names and fields."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from admitone.store.schema import SCHEMA
from tests.support.api.calling import Api, answered
from tests.support.api.deployment import Clock, deployed
from tests.support.invariants import check_invariants
from tests.support.store.full_workspace import fill_workspace
from tests.support.store.kept_data import KeptKeys, read_keys, write_keys

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from redis.asyncio import Redis

    from tests.support.api.deployment import Deployment

EARLIER: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / f"workspace_of_schema_{SCHEMA}.json").read_text()
)
NAMES: dict[str, str] = EARLIER["names"]
KEYS: KeptKeys = EARLIER["keys"]
LINKS = {
    "plain": "active",
    "personalised": "active",
    "revoked": "revoked",
    "expired": "expired",
    "booked": "booked",
    "kept": "booked",
    "reactivated": "active",
    "again": "booked",
}
BOOKINGS = {
    "scheduled": "scheduled",
    "rescheduled": "rescheduled",
    "cancelled": "cancelled",
    "no_show": "no_show",
    "completed": "completed",
    "of_link": "scheduled",
    "of_kept": "cancelled",
    "of_again": "cancelled",
    "of_again_again": "scheduled",
    "of_reactivated": "cancelled",
    "asked": "cancelled",
    "reassigned": "scheduled",
}
LISTS = {
    "event-types": "event_type",
    "booking-pages": "page",
    "pools": "pool",
    "master-pages": "master",
    "links": "link_plain",
    "bookings": "booking_scheduled",
    "webhooks": "webhook",
    "users": "member",
    "mail-templates": None,
}
"""The lists whose records can also be read one by one, and one that they must have."""
ROOMS = (
    *("", "/share", "/links", "/bookings", "/event-types", "/pages", "/pools", "/master-pages", "/settings"),
    *("/settings/api-keys", "/settings/webhooks", "/settings/jobs", "/settings/users", "/settings/workspace"),
    *("/settings/mail", "/settings/mail/confirmation", "/settings/kept-mail/{mail}", "/links/{link_booked}"),
    *("/bookings/{booking_rescheduled}", "/bookings/{booking_reassigned}", "/event-types/{event_type}"),
    *("/pages/{page}", "/pools/{pool}", "/master-pages/{master}", "/master-pages/{static}"),
)


@pytest.fixture
async def earlier(redis: Redis) -> AsyncIterator[Deployment]:
    """A server on the data of the earlier version, at the time when it was left."""
    await write_keys(redis, KEYS)
    async with deployed(redis_url_of(redis), Clock(int(NAMES["now"]))) as running:
        yield running
        assert await check_invariants(running.store.client) == []


@pytest.fixture
def admin(earlier: Deployment) -> Api:
    """A program of the administrator's, with the API key that they had."""
    return Api(earlier.http, earlier.url, NAMES["key"], NAMES["admin"])


def redis_url_of(redis: Redis) -> str:
    """The address that a client was made with."""
    return f"unix://{redis.connection_pool.connection_kwargs['path']}"


async def test_every_link_has_the_state_that_it_had(admin: Api) -> None:
    for name, state in LINKS.items():
        assert answered(await admin.get(f"/links/{NAMES[f'link_{name}']}"))["status"] == state, name
    assert set(LINKS.values()) == {"active", "booked", "revoked", "expired"}


async def test_every_booking_has_the_status_that_it_had(admin: Api, earlier: Deployment) -> None:
    for name, status in BOOKINGS.items():
        assert answered(await admin.get(f"/bookings/{NAMES[f'booking_{name}']}"))["status"] == status, name
        managed = answered(await earlier.customer.get(f"/manage/{NAMES[f'token_of_{name}']}"))
        assert managed["status"] == status, name


@pytest.mark.parametrize("path", LISTS)
async def test_every_list_and_each_of_its_records_can_be_read(path: str, admin: Api) -> None:
    items = (await admin.get(f"/{path}", limit=100)).items
    wanted = LISTS[path]
    assert wanted is None or NAMES[wanted] in {item["id"] for item in items}
    for item in items:
        assert answered(await admin.get(f"/{path}/{item['id']}"))["id"] == item["id"]


async def test_lists_without_single_records_can_be_read(admin: Api) -> None:
    assert NAMES["invitation"] in (await admin.get("/invitations")).ids
    assert NAMES["api_key"] in (await admin.get("/api-keys")).ids
    assert (await admin.get("/jobs")).ids == [NAMES["job"]]
    assert len((await admin.get(f"/webhooks/{NAMES['webhook']}/deliveries")).items) == 1
    assert len((await admin.get("/pages")).items) == 4
    assert answered(await admin.get("/settings"))["on_cancel"] == "reactivate"
    assert answered(await admin.get("/me"))["id"] == NAMES["admin"]
    template = answered(await admin.get("/mail-templates/confirmation"))
    assert template["subject"] == "Hi {{ customer.name }}"


async def test_customers_see_and_use_what_they_had(earlier: Deployment) -> None:
    customer = earlier.customer
    for name, state in LINKS.items():
        code = NAMES[f"code_of_{name}"]
        assert (await customer.get(f"/book/{code}")).status == (200 if state == "active" else 410), name
        assert await _look(earlier, f"/.{code}") == (200 if state == "active" else 410), name
    for name in BOOKINGS:
        assert await _look(earlier, f"/manage/{NAMES[f'token_of_{name}']}") == 200, name
    for slug in ("ada-admin", "max-member", "team-talk", "any-talk"):
        assert await _look(earlier, f"/{slug}") == 200, slug


async def test_what_was_left_can_be_gone_on_with(earlier: Deployment, admin: Api) -> None:
    customer = earlier.customer
    for name in ("personalised", "reactivated"):
        code = NAMES[f"code_of_{name}"]
        choice = {"event_type": NAMES["event_type"]}
        start, *_ = await customer.starts(code, "2026-11-26", "2026-11-27", **choice)
        await customer.booked(code, start, **({} if name == "personalised" else choice))
    for name in ("rescheduled", "of_again_again", "reassigned"):
        answered(await customer.post(f"/manage/{NAMES[f'token_of_{name}']}/cancel", {}))
    for call in ("reactivate", "revoke"):
        answered(await admin.post(f"/links/{NAMES['link_revoked']}/{call}"))
    answered(await admin.post(f"/jobs/{NAMES['job']}/retry"))


@pytest.mark.parametrize("room", ROOMS)
async def test_every_room_of_the_dashboard_opens(room: str, earlier: Deployment) -> None:
    cookie = f"admitone={NAMES['session']}"
    assert await _look(earlier, f"/dashboard{room.format(**NAMES)}", Cookie=cookie) == 200


async def test_what_is_written_now_has_the_same_names_and_fields(redis: Redis, clock: Clock) -> None:
    async with deployed(redis_url_of(redis), clock) as running:
        await fill_workspace(running)
        assert _shapes(await read_keys(redis)) == _shapes(KEYS)


async def _look(deployment: Deployment, path: str, **headers: str) -> int:
    async with deployment.http.get(
        f"{deployment.url}{path}", headers={"Accept": "text/html", **headers}, allow_redirects=False
    ) as answer:
        await answer.read()
        return answer.status


def _shapes(keys: KeptKeys) -> dict[str, set[str]]:
    """By the name of a key without its ids: its type, its fields, and those of the JSON in it."""
    found: dict[str, set[str]] = {}
    for key, kept in keys.items():
        shapes = found.setdefault(_without_ids(key), set())
        shapes.add(f"{kept['type']}{' that expires' if kept.get('expires') else ''}")
        shapes |= set(_shapes_of(kept["value"]))
    return found


def _shapes_of(value: Any) -> Iterator[str]:
    """The fields of a value, in its JSON as well; an id is a star."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield _without_ids(name)
            yield from (f"{_without_ids(name)}.{shape}" for shape in _shapes_of(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _shapes_of(inner)
    elif isinstance(value, str) and (match := re.fullmatch(r"(?:\d+ )?(\{.*\})", value)):
        yield from _shapes_of(json.loads(match[1]))


def _without_ids(text: str) -> str:
    text = re.sub(r"(?<![a-z])[0-9a-z]{16,}", "*", text)
    return re.sub(r"\d+", "#", text)
