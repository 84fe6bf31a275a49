"""Before links that were sent stop working, the change is refused with their exact number."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import Api, a_rule, answered, created, refused

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.api.deployment import Deployment

MANY = 1000
ROUNDS = 25


class Sent:
    """A member's page for two event types, a master page over it, and links to both."""

    def __init__(self, member: Api, event_types: list[Any], page: Any, pool: Any, master: Any) -> None:
        self.member = member
        self.event_types = event_types
        self.page = page
        self.pool = pool
        self.master = master

    def changes(self) -> dict[str, tuple[str, str, Any, int]]:
        """Each kind of change, and how many links it breaks."""
        (half, hour), page = self.event_types, f"/booking-pages/{self.page['id']}"
        master, pool = f"/master-pages/{self.master['id']}", f"/pools/{self.pool['id']}"
        static = {"rule_type": "static", "pages": [self.page["id"]]}
        rule = a_rule(hour, self.pool)
        of_page, of_master = MANY + 7, MANY + 3
        return {
            "static rules": ("PATCH", master, static, of_master),
            "another rule": ("PATCH", master, {"rules": [rule]}, MANY),
            "disabling a master page": ("PATCH", master, {"enabled": False}, of_master),
            "deleting a master page": ("DELETE", master, None, of_master),
            "deleting a pool": ("DELETE", pool, None, of_master),
            "disabling a page": ("PATCH", page, {"enabled": False}, of_page + of_master),
            "deleting a page": ("DELETE", page, None, of_page + of_master),
            "taking an event type from a page": ("PATCH", page, {"event_types": [half["id"]]}, 7),
            "deleting its event type": ("DELETE", f"/event-types/{half['id']}", None, MANY + of_master),
            "deleting the other event type": ("DELETE", f"/event-types/{hour['id']}", None, 7),
            "deactivating a user": (
                "PATCH",
                f"/users/{self.member.user}",
                {"active": False},
                of_page + of_master,
            ),
        }


@pytest.fixture
async def sent(admin: Api, member: Api) -> Sent:
    """A thousand links for one event type to each page, and a few that are not."""
    half, hour = await admin.new_event_type(), await admin.new_event_type(duration_minutes=60)
    page = await member.new_page(half, hour)
    pool = await admin.new_pool(page)
    master = await admin.new_master_page(a_rule(half, pool))
    await send(admin, page, MANY, event_type=half["id"])
    await send(admin, page, 7, event_type=hour["id"])
    await send(admin, master, MANY, event_type=half["id"])
    await send(admin, master, 3)
    return Sent(member, [half, hour], page, pool, master)


async def send(api: Api, page: Any, count: int, **options: Any) -> None:
    people = [{"name": f"No. {n}", "email": f"{n}@customer.test"} for n in range(count)]
    created(await api.post("/links/batch", {"page": page["id"], "people": people, **options}))


async def test_each_kind_of_change_is_refused_with_the_exact_number(admin: Api, sent: Sent) -> None:
    found = {}
    for kind, (method, path, body, _) in sent.changes().items():
        reply = await admin.call(method, path, body)
        refused(reply, 409, "would-break-links")
        found[kind] = reply.body["links"]
        assert reply.body["detail"].startswith(f"{found[kind]:,} links")
    assert found == {kind: links for kind, (*_, links) in sent.changes().items()}
    [first, *_] = (await admin.get("/links", page=sent.master["id"])).items
    assert answered(await admin.get(f"/links/{first['id']}"))["status"] == "active"
    method, path, body, _ = sent.changes()["static rules"]
    answered(await admin.call(method, path, body, query={"confirm": 1}))
    assert answered(await admin.get(f"/links/{first['id']}"))["status"] == "unavailable"


async def test_only_links_that_could_break_are_looked_at(
    deployment: Deployment, admin: Api, sent: Sent
) -> None:
    """What is asked of Redis does not grow with the links to pages that lose nothing."""
    other = await admin.new_page(sent.event_types[0])
    await send(admin, other, 5)
    before = await looks(deployment.store.client)
    reply = await admin.patch(f"/booking-pages/{other['id']}", {"enabled": False})
    refused(reply, 409, "would-break-links")
    assert reply.body["links"] == 5
    answered(await admin.patch(f"/booking-pages/{sent.page['id']}", {"title": "Nothing is lost by this"}))
    assert await looks(deployment.store.client) - before < 50


async def test_a_link_that_is_made_meanwhile_is_not_broken_unasked(admin: Api) -> None:
    for _ in range(ROUNDS):
        page = await admin.new_page(await admin.new_event_type())
        changed, made = await asyncio.gather(
            admin.patch(f"/booking-pages/{page['id']}", {"enabled": False}),
            admin.post("/links", {"page": page["id"]}),
        )
        if changed.status == 200:
            assert created(made)["status"] == "unavailable"
        else:
            refused(changed, 409, "would-break-links")
            assert created(made)["status"] == "active"
            assert answered(await admin.get(f"/links/{made.body['id']}"))["status"] == "active"


async def looks(redis: Redis) -> int:
    """How often fields of hashes were asked for so far."""
    return int((await redis.info("commandstats"))["cmdstat_hmget"]["calls"])
