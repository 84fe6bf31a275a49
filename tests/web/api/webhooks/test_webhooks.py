"""`/api/v1/webhooks`: made, changed and deleted by administrators, for endpoints that may be called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.webhooks.webhook import MOST
from tests.support.api.calling import answered, created, refused
from tests.support.api.deployment import Clock, deployed

if TYPE_CHECKING:
    from tests.support.api.calling import Api

BODY = {"endpoint": "https://crm.example.com/hook", "events": ["link.created", "booking.scheduled"]}


async def test_a_webhook_is_made_changed_and_deleted(admin: Api) -> None:
    made = created(await admin.post("/webhooks", BODY))
    path = f"/webhooks/{made['id']}"
    assert made["url"].endswith(f"/api/v1{path}")
    shown = {name: value for name, value in made.items() if name != "secret"}
    assert answered(await admin.get(path)) == shown
    assert (await admin.get("/webhooks")).items == [shown]
    changed = answered(await admin.patch(path, {"events": ["link.expired"], "enabled": False}))
    assert changed == shown | {"events": ["link.expired"], "enabled": False}
    assert (await admin.get(f"{path}/deliveries")).items == []
    assert (await admin.delete(path)).status == 204
    for method, more in (
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("GET", "/deliveries"),
        ("POST", "/test"),
    ):
        data = b"{}" if method in {"PATCH", "POST"} else None
        refused(await admin.call(method, f"{path}{more}", data=data), 404, "not-found")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"endpoint": ""}, "endpoint"),
        ({"endpoint": "crm.example.com"}, "endpoint"),
        ({"endpoint": "ftp://crm.example.com"}, "endpoint"),
        ({"endpoint": "file:///etc/passwd"}, "endpoint"),
        ({"endpoint": "https://"}, "endpoint"),
        ({"endpoint": "https://user:secret@crm.example.com"}, "endpoint"),
        ({"endpoint": "https://crm.example.com:99999"}, "endpoint"),
        ({"endpoint": "https://crm.example.com/#there"}, "endpoint"),
        ({"endpoint": "https://crm.example.com/\nX: y"}, "endpoint"),
        ({"endpoint": f"https://crm.example.com/{'x' * 2000}"}, "endpoint"),
        ({"events": []}, "events"),
        ({"events": ["link.forgotten"]}, "events.0"),
        ({"events": ["link.created", "link.created"]}, "events"),
        ({"nonsense": 1}, "nonsense"),
    ],
    ids=str,
)
async def test_what_is_no_webhook_is_refused(admin: Api, changes: Any, field: str) -> None:
    refused(await admin.post("/webhooks", BODY | changes), 422, "invalid", field)
    assert (await admin.get("/webhooks")).items == []


async def test_production_wants_tls(redis_url: str) -> None:
    async with deployed(
        redis_url, Clock(), ENV="production", SECRET_KEY=f"k:{'A' * 43}=", PUBLIC_URL="https://a.example"
    ) as running:
        admin = await running.user("administrator")
        plain = BODY | {"endpoint": "http://crm.example.com"}
        refused(await admin.post("/webhooks", plain), 422, "invalid", "endpoint")
        created(await admin.post("/webhooks", BODY))


async def test_there_are_only_so_many(admin: Api) -> None:
    for _ in range(MOST):
        created(await admin.post("/webhooks", BODY))
    refused(await admin.post("/webhooks", BODY), 422, "invalid", "endpoint")


async def test_the_same_key_makes_one(admin: Api) -> None:
    first = created(await admin.post("/webhooks", BODY, idempotency_key="key"))
    assert created(await admin.post("/webhooks", BODY, idempotency_key="key")) == first
    assert len((await admin.get("/webhooks")).items) == 1


async def test_webhooks_are_their_workspace_s_administrators(admin: Api, member: Api, stranger: Api) -> None:
    made = created(await admin.post("/webhooks", BODY))
    refused(await member.get("/webhooks"), 403, "forbidden")
    assert (await stranger.get("/webhooks")).items == []
    refused(await stranger.get(f"/webhooks/{made['id']}"), 404, "not-found")
