"""`/api/v1/audit`: each change of a setting leaves one entry, which says who, when, from where, and what."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.domain.people.audit import audit_entry
from admitone.store.records.audit import LIFETIME
from admitone.store.records.credentials.google_connections import delete_connection, write_connection
from admitone.web.routes import ROUTES
from tests.support.api.calling import Api, answered, created, refused
from tests.support.factories import NOW, WORKSPACE, a_connection, an_audit_entry
from tests.support.pictures.made import a_picture

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.web.http.route import Route
    from tests.support.api.deployment import Deployment

MAIL = {"subject": "Hello", "text": "Hello, {{ customer.name }}"}
HOOK = {"endpoint": "https://crm.example.com/hook", "events": ["link.created"]}
NOT_SETTINGS = {
    "POST /api/v1/jobs/retry",
    "POST /api/v1/jobs/{id}/retry",
    "DELETE /api/v1/jobs/{id}",
    "POST /api/v1/erasures",
    "POST /api/v1/erasures/export",
    "POST /api/v1/erasures/{id}/carry-out",
    "POST /api/v1/erasures/{id}/decline",
    "POST /api/v1/webhooks/{id}/test",
    "POST /api/v1/mail-templates/{mail}/preview",
}
"""Calls with the scope of settings that change none. An erasure has a record of its own: who, when, what."""
BY_SESSION = {"/api/v1/api-keys", "/api/v1/me/calendar-feed"}
"""What changes settings, and needs the session of a person."""


async def entries(admin: Api, **query: object) -> list[Any]:
    return (await admin.get("/audit", **query)).items


def told(entry: Any) -> tuple[str, str, list[str]]:
    return entry["kind"], entry["action"], entry["fields"]


class Changes:
    """Makes each change of a setting by the API, one after the other."""

    def __init__(self, admin: Api, member: Api) -> None:
        self.admin = admin
        self.member = member

    async def all(self) -> AsyncIterator[tuple[str, Any]]:
        """The route of each change that was made, and what its entry tells."""
        admin, session = self.admin, self.admin.in_session()
        user = f"/users/{self.member.user}"
        answered(await admin.patch("/settings", {"name": "Zeta", "on_cancel": "reactivate"}))
        yield "PATCH /api/v1/settings", ("settings", "changed", ["name", "on_cancel"])
        for path, entry in (
            ("/settings/logo", ("settings", "changed", ["logo"])),
            ("/me/photo", ("user", "changed", ["photo"])),
        ):
            answered(await admin.call("PUT", path, data=a_picture(), content_type="image/png"))
            yield f"PUT /api/v1{path}", entry
            assert (await admin.delete(path)).status == 204
            yield f"DELETE /api/v1{path}", entry
        answered(await admin.patch(user, {"role": "administrator"}))
        yield "PATCH /api/v1/users/{id}", ("user", "changed", ["role"])
        answered(await admin.patch(user, {"active": False}))
        yield "PATCH /api/v1/users/{id}", ("user", "changed", ["active", "epoch"])
        answered(await admin.patch(user, {"active": True}))
        yield "PATCH /api/v1/users/{id}", ("user", "changed", ["active"])
        invited = created(await admin.post("/invitations", {"email": "ida@example.com"}))
        yield "POST /api/v1/invitations", ("invitation", "created", [])
        assert (await admin.delete(f"/invitations/{invited['id']}")).status == 204
        yield "DELETE /api/v1/invitations/{id}", ("invitation", "deleted", [])
        key = created(await session.post("/api-keys", {"label": "CRM", "scopes": ["links:read"]}))
        yield "POST /api/v1/api-keys", ("api_key", "created", [])
        assert (await admin.delete(f"/api-keys/{key['id']}")).status == 204
        yield "DELETE /api/v1/api-keys/{id}", ("api_key", "deleted", [])
        answered(await session.call("PUT", "/me/calendar-feed", {"details": False}))
        yield "PUT /api/v1/me/calendar-feed", ("calendar_feed", "created", [])
        answered(await session.call("PUT", "/me/calendar-feed", {"details": True}))
        yield "PUT /api/v1/me/calendar-feed", ("calendar_feed", "changed", ["details"])
        assert (await admin.delete("/me/calendar-feed")).status == 204
        yield "DELETE /api/v1/me/calendar-feed", ("calendar_feed", "deleted", [])
        hook = created(await admin.post("/webhooks", HOOK))
        yield "POST /api/v1/webhooks", ("webhook", "created", [])
        answered(await admin.patch(f"/webhooks/{hook['id']}", {"enabled": False}))
        yield "PATCH /api/v1/webhooks/{id}", ("webhook", "changed", ["enabled"])
        assert (await admin.delete(f"/webhooks/{hook['id']}")).status == 204
        yield "DELETE /api/v1/webhooks/{id}", ("webhook", "deleted", [])
        answered(await admin.patch("/mail-templates/confirmation", MAIL))
        yield "PATCH /api/v1/mail-templates/{mail}", ("mail_template", "created", [])
        assert (await admin.delete("/mail-templates/confirmation")).status == 204
        yield "DELETE /api/v1/mail-templates/{mail}", ("mail_template", "deleted", [])


async def test_each_change_of_a_setting_leaves_one_entry(admin: Api, member: Api) -> None:
    done = set()
    before = len(await entries(admin))
    async for route, expected in Changes(admin, member).all():
        found = await entries(admin)
        assert len(found) == before + 1, (route, found)
        assert told(found[0]) == expected
        assert (found[0]["by"], found[0]["address"]) == (admin.user, "127.0.0.1")
        before += 1
        done.add(route)
    assert done | NOT_SETTINGS == {_name(route) for route in ROUTES if _changes_settings(route)}


def _changes_settings(route: Route) -> bool:
    is_of_settings = str(route.scope) == "settings:write" or route.path in BY_SESSION
    return is_of_settings and route.method != "GET" and route.path.startswith("/api/v1/")


def _name(route: Route) -> str:
    return f"{route.method} {route.path}"


async def test_an_entry_holds_ids_and_no_personal_data(
    deployment: Deployment, admin: Api, member: Api
) -> None:
    async for _ in Changes(admin, member).all():
        pass
    key = deployment.store.keys(WORKSPACE).audit
    text = json.dumps([str(fields) for _, fields in await deployment.store.client.xrange(key) or []])
    for personal in "ida@example.com", "crm.example.com", "Hello", "Zeta", "CRM", "@":
        assert personal not in text
    [role] = [one for one in await entries(admin, kind="user") if one["fields"] == ["role"]]
    assert (role["record"], role["to"]) == (member.user, {"role": "administrator"})
    [made] = [one for one in await entries(admin, kind="api_key") if one["to"]]
    assert made["to"] == {"scopes": ["links:read"]}


async def test_what_is_repeated_or_changes_nothing_leaves_no_entry(admin: Api) -> None:
    first = await admin.post("/invitations", {"email": "ida@example.com"}, idempotency_key="once")
    again = await admin.post("/invitations", {"email": "ida@example.com"}, idempotency_key="once")
    assert created(first) == created(again)
    settings = answered(await admin.get("/settings"))
    answered(await admin.patch("/settings", {"name": settings["name"]}))
    refused(await admin.patch("/settings", {"name": ""}), 422, "invalid", "name")
    refused(await admin.patch(f"/users/{admin.user}", {"role": "member"}), 409, "last-administrator")
    assert [told(one) for one in await entries(admin)] == [("invitation", "created", [])]
    replacing = created(await admin.post("/invitations", {"email": "ida@example.com"}))
    [newest, _] = await entries(admin)
    assert (newest["record"], newest["also"]) == (replacing["id"], [f"invitation:{first.body['id']}"])


async def test_it_is_filtered_and_read_in_parts(admin: Api, member: Api) -> None:
    created(await member.new_key())
    async for _ in Changes(admin, member).all():
        pass
    whole = await entries(admin)
    assert [one["by"] for one in whole].count(member.user) == 1
    assert [one["id"] for one in await entries(admin, by=member.user)] == [whole[-1]["id"]]
    assert {one["kind"] for one in await entries(admin, kind="webhook")} == {"webhook"}
    parts, cursor = [], ""
    while True:
        part = answered(await admin.get("/audit", limit=4, **({"cursor": cursor} if cursor else {})))
        parts += part["items"]
        if (cursor := part["next_cursor"]) is None:
            break
    assert parts == whole
    for bad in "x", "1", "1-1-1", "(1-1":
        refused(await admin.get("/audit", cursor=bad), 422, "invalid", "cursor")
    refused(await admin.get("/audit", kind="links"), 422, "invalid", "kind")


async def test_administrators_read_it_and_keys_need_the_scope(admin: Api, member: Api, stranger: Api) -> None:
    answered(await admin.patch("/settings", {"name": "Zeta"}))
    refused(await member.get("/audit"), 403, "forbidden")
    assert "Zeta" not in (await stranger.get("/audit")).text
    assert await entries(stranger) == []
    for scope, status in (("settings:read", 200), ("links:write", 403)):
        key = created(await admin.new_key(scopes=[scope]))["key"]
        assert (await Api(admin.http, admin.server, key, admin.user).get("/audit")).status == status


async def test_entries_end_after_two_years(deployment: Deployment, admin: Api) -> None:
    store, old = deployment.store, msgspec.json.encode(an_audit_entry())
    key, now = store.keys(WORKSPACE).audit, store.milliseconds()
    for age in (LIFETIME + 60, LIFETIME - 3600):
        await store.client.xadd(key, {"entry": old}, id=f"{now - age * 1000}-0")
    assert len(await entries(admin)) == 1
    answered(await admin.patch("/settings", {"name": "Zeta"}))
    assert await store.client.xlen(key) == 2


@pytest.mark.parametrize("address", ["", "203.0.113.9"])
async def test_a_connection_to_google_is_entered(deployment: Deployment, admin: Api, address: str) -> None:
    store = deployment.store
    note = partial(audit_entry, "google", admin.user, by=admin.user, address=address, at=NOW)
    connection = a_connection(user=admin.user)
    await write_connection(store, WORKSPACE, connection, note)
    await write_connection(store, WORKSPACE, a_connection(user=admin.user, needs_reconnect=True))
    for _ in range(2):
        await delete_connection(store, WORKSPACE, admin.user, note)
    deleted, made = await entries(admin, kind="google")
    assert (told(made), told(deleted)) == (("google", "created", []), ("google", "deleted", []))
    assert (made["record"], made["address"], made["to"]) == (
        admin.user,
        address,
        {"scopes": list(connection.scopes)},
    )
