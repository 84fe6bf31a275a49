"""Publishing a workflow makes numbered versions that never change; unpublishing and pausing stop it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.workflows.workflow import ActiveTriggers, Workflow
from admitone.store.records.configuration.configuration import read_records
from admitone.usecases.shared.published_workflows import TRIGGERS
from admitone.usecases.workflows import workflow_publish
from admitone.usecases.workflows.workflow_write import WORKFLOW
from tests.support.api.calling import answered, created, refused
from tests.support.factories import WORKSPACE
from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

STOP = {"id": "stop", "kind": "stop"}
TAGGED = {"kind": "contact.tagged", "filters": {"tag": "lead"}}


@pytest.fixture
async def path(admin: Api) -> str:
    """The path of a draft."""
    made = created(await admin.post("/workflows", {"name": "New lead", "trigger": TAGGED, "steps": [STOP]}))
    return f"/workflows/{made['id']}"


async def triggers(at: Deployment) -> ActiveTriggers:
    [found] = await read_records(at.store, WORKSPACE, TRIGGERS[0], [TRIGGERS[1]])
    assert isinstance(found, ActiveTriggers)
    return found


async def stored(at: Deployment, path: str) -> Workflow:
    [found] = await read_records(at.store, WORKSPACE, WORKFLOW, [path.rpartition("/")[2]])
    assert isinstance(found, Workflow)
    return found


async def events(at: Deployment) -> list[Any]:
    [found] = [each for each in await read_workspaces(at.store.client) if each.id == WORKSPACE]
    return [event for event in found.streams["activity"].events if "workflow" in event]


async def test_each_publishing_makes_a_version(admin: Api, path: str, deployment: Deployment) -> None:
    first = answered(await admin.post(f"{path}/publish"))
    assert [first[name] for name in ("status", "version", "has_changes")] == ["published", 1, False]
    changed = answered(await admin.patch(path, {"steps": [{"id": "end", "kind": "stop"}]}))
    assert [changed[name] for name in ("status", "version", "has_changes")] == ["published", 1, True]
    back = answered(await admin.patch(path, {"steps": [STOP]}))
    assert back["has_changes"] is False
    answered(await admin.patch(path, {"name": "Leads"}))
    deployment.clock.forward(minutes=5)
    second = answered(await admin.post(f"{path}/publish", {"revision": back["revision"] + 1}))
    assert second["version"] == 2
    newest, oldest = (await admin.get(f"{path}/versions")).items
    assert [newest["number"], oldest["number"]] == [2, 1]
    assert [newest["name"], oldest["name"]] == ["Leads", "New lead"]
    assert oldest["steps"] == [STOP]
    assert newest["published_by"] == admin.user
    assert newest["published_at"] > oldest["published_at"]


async def test_what_is_missing_is_told_at_its_place(admin: Api, member: Api, deployment: Deployment) -> None:
    page = await member.new_page(await admin.new_event_type())
    hidden = await member.new_page(await admin.new_event_type(), enabled=False)
    link = {"kind": "generate_one_time_booking_link"}
    steps = [
        {"id": "a", **link},
        {"id": "b", **link, "page": "k3v9x2m1q8w4t7r5"},
        {"id": "c", **link, "page": hidden["id"]},
        {"id": "d", **link, "page": page["id"], "event_type": hidden["event_types"][0]},
        {"id": "e", **link, "page": page["id"], "event_type": page["event_types"][0]},
        {
            "id": "f",
            "kind": "if",
            "then": [{"id": "g", "kind": "send_email", "subject": "{{ contact.nam }}"}],
        },
        {"id": "h", "kind": "call_webhook", "webhook": "k3v9x2m1q8w4t7r5"},
    ]
    body = {"name": "New lead", "trigger": {"kind": "link.not_booked"}, "steps": steps}
    path = f"/workflows/{created(await admin.post('/workflows', body))['id']}"
    refused(
        await admin.post(f"{path}/publish"),
        422,
        "invalid",
        "trigger.days",
        "sender",
        "steps.0.page",
        "steps.1.page",
        "steps.2.page",
        "steps.3.event_type",
        "steps.5.when.conditions",
        "steps.5.then.0.subject",
        "steps.5.then.0.text",
        "steps.6.webhook",
    )
    assert answered(await admin.get(path))["version"] is None
    good = [steps[4], {"id": "mail", "kind": "send_email", "subject": "Hi", "text": "{{ user.name }}"}]
    trigger = {"days": 3, "filters": {"page": page["id"], "event_type": page["event_types"][0]}}
    answered(await admin.patch(path, {"steps": good, "trigger": trigger, "sender": member.user}))
    answered(await admin.post(f"{path}/publish"))


async def test_who_cannot_send_is_no_sender(admin: Api, member: Api) -> None:
    body = {"name": "Mine", "steps": [STOP], "sender": member.user}
    path = f"/workflows/{created(await admin.post('/workflows', body))['id']}"
    answered(await admin.patch(f"/users/{member.user}", {"active": False}))
    refused(await admin.post(f"{path}/publish"), 422, "invalid", "sender")
    answered(await admin.patch(path, {"sender": "k3v9x2m1q8w4t7r5"}))
    refused(await admin.post(f"{path}/publish"), 422, "invalid", "sender")


async def test_what_is_published_already_is_left_as_it_is(admin: Api, path: str) -> None:
    first = answered(await admin.post(f"{path}/publish"))
    assert answered(await admin.post(f"{path}/publish")) == first
    assert len((await admin.get(f"{path}/versions")).items) == 1


async def test_versions_are_listed_in_parts(admin: Api, path: str) -> None:
    for number in range(5):
        answered(await admin.patch(path, {"name": f"Version {number + 1}"}))
        answered(await admin.post(f"{path}/publish"))
    found: list[int] = []
    cursor: dict[str, str] = {}
    while True:
        body = answered(await admin.get(f"{path}/versions", limit=2, **cursor))
        found += [version["number"] for version in body["items"]]
        if body["next_cursor"] is None:
            break
        cursor = {"cursor": body["next_cursor"]}
    assert found == [5, 4, 3, 2, 1]
    refused(await admin.get(f"{path}/versions", cursor="nonsense"), 422, "invalid", "cursor")


async def test_planning_reads_the_trigger_of_the_last_version(
    admin: Api, path: str, deployment: Deployment
) -> None:
    began = deployment.clock.now
    answered(await admin.post(f"{path}/publish"))
    deployment.clock.forward(minutes=5)
    answered(await admin.patch(path, {"name": "Leads"}))
    answered(await admin.post(f"{path}/publish"))
    [trigger] = (await triggers(deployment)).items
    assert (trigger.version, trigger.since, trigger.trigger.kind) == (2, began, "contact.tagged")
    answered(await admin.patch(path, {"trigger": {"filters": {"tag": "vip"}}}))
    [trigger] = (await triggers(deployment)).items
    assert trigger.trigger.filters
    assert trigger.trigger.filters.tag == "lead"
    answered(await admin.post(f"{path}/publish"))
    [trigger] = (await triggers(deployment)).items
    assert (trigger.version, trigger.since) == (3, began + 300)


async def test_unpublishing_lets_nobody_enter(admin: Api, path: str, deployment: Deployment) -> None:
    answered(await admin.post(f"{path}/publish"))
    done = answered(await admin.post(f"{path}/unpublish"))
    assert [done[name] for name in ("status", "version", "has_changes")] == ["unpublished", 1, False]
    assert (await triggers(deployment)).items == []
    assert (await stored(deployment, path)).goes_on(1)
    assert answered(await admin.post(f"{path}/unpublish")) == done
    again = answered(await admin.post(f"{path}/publish"))
    assert [again[name] for name in ("status", "version")] == ["published", 2]


async def test_runs_that_were_stopped_stay_stopped_when_it_is_published_again(
    admin: Api, path: str, deployment: Deployment
) -> None:
    answered(await admin.post(f"{path}/publish"))
    answered(await admin.post(f"{path}/unpublish", {"running": "continue"}))
    answered(await admin.post(f"{path}/unpublish", {"running": "stop"}))
    answered(await admin.post(f"{path}/publish"))
    workflow = await stored(deployment, path)
    assert [workflow.goes_on(version) for version in (1, 2)] == [False, True]
    refused(await admin.post(f"{path}/unpublish", {"running": "walk"}), 422, "invalid", "running")


async def test_it_is_paused_and_resumed(admin: Api, path: str, deployment: Deployment) -> None:
    answered(await admin.post(f"{path}/publish"))
    assert answered(await admin.post(f"{path}/pause"))["is_paused"] is True
    assert [trigger.is_paused for trigger in (await triggers(deployment)).items] == [True]
    answered(await admin.patch(path, {"name": "Leads"}))
    assert answered(await admin.post(f"{path}/publish"))["is_paused"] is True
    assert [trigger.is_paused for trigger in (await triggers(deployment)).items] == [True]
    assert answered(await admin.post(f"{path}/resume"))["is_paused"] is False
    assert [trigger.is_paused for trigger in (await triggers(deployment)).items] == [False]
    refused(await admin.post(f"{path}/pause", {"until": "tomorrow"}), 422, "invalid", "until")


async def test_workflows_that_are_published_at_once_all_have_their_trigger(
    admin: Api, deployment: Deployment
) -> None:
    made = [created(await admin.post("/workflows", {"name": f"No. {n}", "steps": [STOP]})) for n in range(4)]
    waiting = {each["id"] for each in made}
    while waiting:  # all write one record: who comes too often in vain is told to try again
        replies = await asyncio.gather(*(admin.post(f"/workflows/{each}/publish") for each in waiting))
        assert any(reply.status == 200 for reply in replies)
        waiting -= {reply.body["id"] for reply in replies if reply.status == 200}
    assert {trigger.workflow for trigger in (await triggers(deployment)).items} == {
        each["id"] for each in made
    }


async def test_published_twice_at_once_it_has_one_version(admin: Api, path: str) -> None:
    replies = await asyncio.gather(*(admin.post(f"{path}/publish") for _ in range(6)))
    assert {answered(reply)["version"] for reply in replies} == {1}


async def test_the_same_key_publishes_once(admin: Api, path: str) -> None:
    first = answered(await admin.post(f"{path}/publish", idempotency_key="key"))
    answered(await admin.patch(path, {"name": "Leads"}))
    assert answered(await admin.post(f"{path}/publish", idempotency_key="key")) == first
    assert answered(await admin.get(path))["version"] == 1


async def test_versions_have_an_end(admin: Api, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workflow_publish, "MOST_VERSIONS", 1)
    answered(await admin.post(f"{path}/publish"))
    answered(await admin.patch(path, {"name": "Leads"}))
    refused(await admin.post(f"{path}/publish"), 422, "invalid", "")


async def test_deleting_leaves_nothing(admin: Api, path: str, deployment: Deployment) -> None:
    for name in ("One", "Two"):
        answered(await admin.patch(path, {"name": name}))
        answered(await admin.post(f"{path}/publish"))
    assert (await admin.delete(path)).status == 204
    assert (await triggers(deployment)).items == []
    keys = deployment.store.keys(WORKSPACE)
    fields = [name.decode() async for name, _ in deployment.store.client.hscan_iter(keys.config)]
    assert not [name for name in fields if name.startswith("workflow") and name != ":".join(TRIGGERS)]
    for kind in ("workflow", "workflow_version"):
        assert await deployment.store.client.zcard(keys.config_list(kind)) == 0


async def test_what_happens_to_it_is_in_the_activity(admin: Api, path: str, deployment: Deployment) -> None:
    for call in ("publish", "pause", "resume", "unpublish"):
        answered(await admin.post(f"{path}/{call}"))
    found = await events(deployment)
    assert [event["type"] for event in found] == [
        "config.created",
        "workflow.published",
        "config.updated",
        "config.updated",
        "workflow.unpublished",
    ]
    assert {(event["workflow"], event["by"]) for event in found} == {(path.rpartition("/")[2], admin.user)}


async def test_the_audit_log_has_all_but_changes_of_the_draft(admin: Api, path: str) -> None:
    answered(await admin.patch(path, {"name": "Leads"}))
    answered(await admin.post(f"{path}/publish"))
    answered(await admin.post(f"{path}/pause"))
    answered(await admin.post(f"{path}/unpublish", {"running": "stop"}))
    assert (await admin.delete(path)).status == 204
    found = (await admin.get("/audit", kind="workflow")).items
    assert [(entry["action"], entry["fields"]) for entry in reversed(found)] == [
        ("created", []),
        ("changed", ["versions", "is_published"]),
        ("changed", ["is_paused"]),
        ("changed", ["is_published", "stopped_versions"]),
        ("deleted", []),
    ]
