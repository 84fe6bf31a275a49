"""`/api/v1/workflows`: drafts are made, changed and deleted, and bounded whatever is sent."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.workflows.steps import DEEPEST, MOST_STEPS
from admitone.domain.workflows.workflow import LARGEST
from admitone.usecases.workflows import workflows
from tests.support.api.calling import answered, created, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api

STOP = {"id": "stop", "kind": "stop"}
NEW_LEAD = {
    "name": "New lead",
    "trigger": {"kind": "contact.tagged", "filters": {"tag": "lead"}},
    "steps": [
        {"id": "link", "kind": "generate_one_time_booking_link", "page": "k3v9x2m1q8w4t7r5"},
        {"id": "mail", "kind": "send_email", "subject": "Your link", "text": "Hello"},
        {"id": "wait", "kind": "wait", "link": "booked", "timeout": {"days": 3, "at": "09:00"}},
        {
            "id": "fork",
            "kind": "if",
            "when": {"conditions": [{"about": "link", "is": "is", "value": "booked"}]},
            "then": [{"id": "tag", "kind": "add_tags", "tags": ["met"]}],
            "else": [STOP],
        },
    ],
    "re_entry": "when_finished",
    "sending_window": {"days": ["mon", "fri"], "start": "09:00", "end": "17:00", "timezone": None},
    "stop_on_booking": "any",
}


def branches(depth: int) -> dict[str, Any]:
    """Branches within each other."""
    inner = [branches(depth - 1)] if depth > 1 else []
    return {"id": f"fork_{depth}", "kind": "if", "then": inner}


async def test_a_workflow_is_made_changed_and_deleted(admin: Api) -> None:
    made = created(await admin.post("/workflows", NEW_LEAD))
    path = f"/workflows/{made['id']}"
    assert made["url"].endswith(f"/api/v1{path}")
    assert [step["kind"] for step in made["steps"]] == [
        "generate_one_time_booking_link",
        "send_email",
        "wait",
        "if",
    ]
    state = ("status", "version", "has_changes", "is_paused", "revision")
    assert [made[name] for name in state] == ["draft", None, True, False, 1]
    assert answered(await admin.get(path)) == made
    assert (await admin.get("/workflows")).items == [made]
    changed = answered(await admin.patch(path, {"name": "Leads", "sending_window": None, "steps": [STOP]}))
    assert changed == made | {"name": "Leads", "sending_window": None, "steps": [STOP], "revision": 2}
    assert answered(await admin.patch(path, {"name": "Leads"})) == changed
    assert (await admin.delete(path)).status == 204
    assert (await admin.get("/workflows")).items == []
    for method, more in (
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("GET", "/versions"),
        *(("POST", f"/{call}") for call in ("publish", "unpublish", "pause", "resume")),
    ):
        data = b"{}" if method in {"PATCH", "POST"} else None
        refused(await admin.call(method, f"{path}{more}", data=data), 404, "not-found")


async def test_a_workflow_is_stored_as_it_was_written(admin: Api) -> None:
    made = created(await admin.post("/workflows", NEW_LEAD))
    again = {name: made[name] for name in NEW_LEAD}
    assert [again[name] for name in ("name", "re_entry", "sending_window", "stop_on_booking")] == [
        NEW_LEAD[name] for name in ("name", "re_entry", "sending_window", "stop_on_booking")
    ]
    copy = created(await admin.post("/workflows", again))
    assert {name: copy[name] for name in NEW_LEAD} == again
    assert answered(await admin.patch(f"/workflows/{made['id']}", again)) == made


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"trigger": {}}, "trigger.kind"),
        ({"trigger": {"kind": "contact.forgotten"}}, "trigger.kind"),
        ({"trigger": {"kind": "manual", "filters": {"colour": "red"}}}, "trigger.filters.colour"),
        ({"trigger": {"kind": "link.not_booked", "days": 0}}, "trigger.days"),
        ({"steps": [{"id": "a", "kind": "explode"}]}, "steps.0.kind"),
        ({"steps": [{"id": "A b", "kind": "stop"}]}, "steps.0.id"),
        ({"steps": [STOP, STOP]}, "steps.1.id"),
        ({"steps": [STOP, {"id": "fork", "kind": "if", "else": [STOP]}]}, "steps.1.else.0.id"),
        ({"steps": [{"id": f"s{n}", "kind": "stop"} for n in range(MOST_STEPS + 1)]}, f"steps.{MOST_STEPS}"),
        ({"steps": [branches(DEEPEST + 1)]}, "steps.0" + ".then.0" * DEEPEST),
        ({"steps": [branches(300)]}, "steps.0" + ".then.0" * DEEPEST),
        ({"steps": [{"id": "m", "kind": "send_email", "text": "x" * 50_001}]}, "steps.0.text"),
        ({"steps": [{"id": "m", "kind": "send_email", "text": "\x00"}]}, "steps.0.text"),
        ({"steps": [{"id": "m", "kind": "notify_host", "subject": "a\nb"}]}, "steps.0.subject"),
        ({"steps": [{"id": f"m{n}", "kind": "send_email", "text": "x" * 45_000} for n in range(6)]}, "steps"),
        ({"re_entry": "sometimes"}, "re_entry"),
        ({"sending_window": {"days": [], "start": "09:00", "end": "17:00"}}, "sending_window.days"),
        ({"sending_window": {"days": ["mon"], "start": "9", "end": "17:00"}}, "sending_window.start"),
        ({"nonsense": 1}, "nonsense"),
    ],
    ids=lambda value: str(value)[:60],
)
async def test_what_is_no_workflow_is_refused(admin: Api, changes: Any, field: str) -> None:
    refused(await admin.post("/workflows", NEW_LEAD | changes), 422, "invalid", field)
    assert (await admin.get("/workflows")).items == []
    made = created(await admin.post("/workflows", {"name": "Whatever"}))
    patched = await admin.patch(f"/workflows/{made['id']}", changes)
    if field != "trigger.kind" or changes["trigger"]:  # an empty merge patch changes nothing
        refused(patched, 422, "invalid", field)
    assert answered(await admin.get(f"/workflows/{made['id']}")) == made


async def test_the_largest_workflow_is_taken(admin: Api) -> None:
    steps = [{"id": f"s{n}", "kind": "send_email", "text": "x" * 2400} for n in range(MOST_STEPS - DEEPEST)]
    made = created(await admin.post("/workflows", {"name": "Long", "steps": [*steps, branches(DEEPEST)]}))
    assert len(made["steps"]) == MOST_STEPS - DEEPEST + 1
    assert len(str(made)) > LARGEST * 0.9


@pytest.mark.parametrize("depth", [100, 400, 900, 5000])
async def test_deep_patches_are_refused(admin: Api, depth: int) -> None:
    path = f"/workflows/{created(await admin.post('/workflows', NEW_LEAD))['id']}"
    fork = b'{"id":"a","kind":"if","then":['
    for deep in (
        b'{"trigger":' * depth + b"{}" + b"}" * depth,
        b'{"steps":[' + fork * depth + b"]}" * depth + b"]}",
        b'{"name":"x","steps":[' + fork * depth + b"]}" * depth + b"]}",
    ):
        reply = await admin.call("PATCH", path, data=deep)
        assert (reply.status, reply.body["type"]) == (422, "/problems/invalid")
    reply = await admin.call("POST", "/workflows", data=deep)
    assert (reply.status, reply.body["type"]) == (422, "/problems/invalid")


async def test_half_a_character_is_refused(admin: Api) -> None:
    """A surrogate on its own is no Unicode text: it could neither be stored nor mailed."""
    body = b'{"name":"x","steps":[{"id":"m","kind":"send_email","text":"\\ud800"}]}'
    reply = await admin.call("POST", "/workflows", data=body)
    assert (reply.status, reply.body["type"]) == (422, "/problems/invalid")


async def test_two_who_edit_at_once_do_not_overwrite_each_other(admin: Api) -> None:
    made = created(await admin.post("/workflows", NEW_LEAD))
    path, revision = f"/workflows/{made['id']}", made["revision"]
    names = [f"Editor {number}" for number in range(8)]
    replies = await asyncio.gather(
        *(admin.patch(path, {"name": name, "revision": revision}) for name in names)
    )
    done = [name for name, reply in zip(names, replies, strict=True) if reply.status == 200]
    for reply in replies:
        if reply.status != 200:
            refused(reply, 409, "workflow-changed")
    shown = answered(await admin.get(path))
    assert [shown["name"]] == done
    assert shown["revision"] == revision + 1
    refused(await admin.post(f"{path}/publish", {"revision": revision}), 409, "workflow-changed")
    answered(await admin.patch(path, {"name": "Whoever", "revision": shown["revision"]}))


async def test_only_so_many_fit(admin: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workflows, "MOST", 3)
    for _ in range(3):
        created(await admin.post("/workflows", NEW_LEAD))
    refused(await admin.post("/workflows", NEW_LEAD), 422, "invalid", "name")
    first, *_ = (await admin.get("/workflows")).ids
    assert (await admin.delete(f"/workflows/{first}")).status == 204
    created(await admin.post("/workflows", NEW_LEAD))


async def test_the_same_key_makes_one(admin: Api) -> None:
    first = created(await admin.post("/workflows", NEW_LEAD, idempotency_key="key"))
    assert created(await admin.post("/workflows", NEW_LEAD, idempotency_key="key")) == first
    assert (await admin.get("/workflows")).items == [first]
    refused(
        await admin.post("/workflows", NEW_LEAD | {"name": "Other"}, idempotency_key="key"),
        422,
        "idempotency-key-reused",
    )


async def test_members_read_and_strangers_find_nothing(admin: Api, member: Api, stranger: Api) -> None:
    made = created(await admin.post("/workflows", NEW_LEAD))
    path = f"/workflows/{made['id']}"
    assert (await member.get("/workflows")).items == [made]
    assert answered(await member.get(path)) == made
    refused(await member.patch(path, {"name": "Mine"}), 403, "forbidden")
    refused(await member.post("/workflows", NEW_LEAD), 403, "forbidden")
    assert (await stranger.get("/workflows")).items == []
    refused(await stranger.get(path), 404, "not-found")
    refused(await stranger.delete(path), 404, "not-found")


async def test_keys_need_the_scope_of_workflows(admin: Api) -> None:
    made = created(await admin.new_key("Reader", scopes=["workflows:read"]))
    reader = type(admin)(admin.http, admin.server, made["key"], admin.user)
    assert (await reader.get("/workflows")).items == []
    refused(await reader.post("/workflows", NEW_LEAD), 403, "scope-missing")
    other = created(await admin.new_key("Links", scopes=["links:write", "settings:write"]))
    refused(
        await type(admin)(admin.http, admin.server, other["key"], admin.user).get("/workflows"),
        403,
        "scope-missing",
    )
