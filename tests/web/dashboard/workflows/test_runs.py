"""The runs of a workflow in the dashboard: contacts are added by hand, and what became of each is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from admitone.worker.worker import Worker
from tests.support.api.calling import answered, created
from tests.support.google.connected import connect
from tests.support.worker.workers import work_off

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

STEPS = [
    {"id": "tag", "kind": "add_tags", "tags": ["lead"]},
    {"id": "wait", "kind": "wait", "for": {"days": 3}},
    {"id": "end", "kind": "stop"},
]


class Runs:
    """A published workflow that starts by hand, and two contacts."""

    def __init__(self, dashboard: DashboardServer, admin: Api, workflow: str, contacts: list[str]) -> None:
        self.dashboard, self.admin, self.contacts = dashboard, admin, contacts
        self.path = f"/dashboard/workflows/{workflow}"

    async def show(self, below: str = "") -> str:
        answer = await self.dashboard.get(self.admin, f"{self.path}{below}")
        assert answer.status == 200, below
        return _plain(await answer.text())

    async def enrol(self, *contacts: str, once: str) -> str:
        fields: Any = [("contacts", contact) for contact in contacts]
        answer = await self.dashboard.post(self.admin, f"{self.path}/enrol", once=once, **dict(fields))
        assert answer.status == 200
        return _plain(await answer.text())

    async def work(self) -> None:
        worker = Worker(self.dashboard.services, "worker")
        await work_off(worker)
        await worker.close()


@pytest.fixture
async def runs(dashboard: DashboardServer, admin: Api) -> Runs:
    made = created(await admin.post("/workflows", {"name": "New leads", "steps": STEPS}))
    answered(await admin.post(f"/workflows/{made['id']}/publish"))
    contacts = [
        created(await admin.post("/contacts", {"email": email, "first_name": name}))["id"]
        for name, email in (("Carla", "carla@customer.test"), ("Carl", "carl@customer.test"))
    ]
    await Runs(dashboard, admin, made["id"], contacts).work()
    return Runs(dashboard, admin, made["id"], contacts)


async def test_contacts_are_found_added_and_seen_on_their_way(runs: Runs) -> None:
    shown = await runs.show("/enrol?q=carla")
    assert "carla@customer.test" in shown
    assert "carl@customer.test" not in shown
    assert "1 contact enters." in await runs.enrol(runs.contacts[0], once="a" * 24)
    assert "have entered before" in await runs.enrol(runs.contacts[0], once="b" * 24)
    refused = await runs.dashboard.post(runs.admin, f"{runs.path}/enrol", contacts="")
    assert refused.status in {200, 422}
    await runs.work()
    editor = await runs.show()
    assert "<dt>Entered</dt><dd>1</dd>" in editor
    assert "<b>1</b> waiting" in editor
    assert "<b>1</b> done" in editor

    workflows = await runs.dashboard.get(runs.admin, "/dashboard/workflows")
    assert "1 entered · 0 booked" in _plain(await workflows.text())
    listed = await runs.show("/runs?status=waiting")
    assert "Carla" in listed
    assert "Carla" not in await runs.show("/runs?status=failed")
    path = _only_run(listed)
    room = await runs.dashboard.get(runs.admin, f"/dashboard/contacts/{runs.contacts[0]}")
    assert f'href="{runs.path}{path}"' in await room.text()
    history = await runs.show(path)
    assert "<b>Add tag</b> · Done · lead" in history
    assert "<b>Wait</b> · Waiting" in history
    await runs.dashboard.post(runs.admin, f"{runs.path}{path}", act="skip")
    await runs.work()
    history = await runs.show(path)
    assert "<b>Wait</b> · Skipped · By hand." in history
    assert 'name="act"' not in history, "it has ended"


async def test_everyone_and_everyone_with_a_tag_are_added(runs: Runs, admin: Api) -> None:
    answered(await admin.patch(f"/contacts/{runs.contacts[0]}", {"tags": ["vip"]}))
    shown = await runs.show("/enrol")
    assert "vip (1 contact)" in shown
    assert "Let all 2 contacts enter" in shown
    path = f"{runs.path}/enrol"
    refused = await runs.dashboard.post(admin, path, who="tag", tag="")
    assert refused.status == 422
    assert "Choose a tag." in await refused.text()
    answer = await runs.dashboard.post(admin, path, who="tag", tag="vip", once="e" * 24)
    assert "1 contact is looked at" in await answer.text()
    assert "Everyone with the tag <bdi>vip</bdi>: 0 of 1 contact looked at, 0 entered." in await runs.show()
    await runs.work()
    assert "1 of 1 contact looked at, 1 entered." in await runs.show()
    await runs.dashboard.post(admin, path, who="all", once="f" * 24)
    await runs.work()
    assert "Everyone: 2 of 2 contacts looked at, 1 entered." in await runs.show()


async def test_failed_runs_are_tried_again_and_stopped(runs: Runs, admin: Api, workspace: Workspace) -> None:
    hook = created(
        await admin.post("/webhooks", {"endpoint": "https://crm.example.com/x", "events": ["link.created"]})
    )
    workflow = runs.path.removeprefix("/dashboard")
    steps = [{"id": "call", "kind": "call_webhook", "webhook": hook["id"]}]
    answered(await admin.patch(workflow, {"steps": steps}))
    answered(await admin.post(f"{workflow}/publish"))
    await admin.delete(f"/webhooks/{hook['id']}", confirm=1)
    await runs.enrol(runs.contacts[1], once="c" * 24)
    for _ in range(12):
        await runs.work()
        runs.dashboard.clock.forward(days=1)
    listed = await runs.show("/runs?status=failed")
    assert "Try all failed ones again" in listed
    assert "1 run has failed" in await runs.show()
    assert (await runs.dashboard.post(runs.admin, f"{runs.path}/runs", act="dance")).status == 404
    await runs.dashboard.post(runs.admin, f"{runs.path}/runs", act="stop")
    assert "Stopped" in await runs.show(_only_run(await runs.show("/runs")))
    assert workspace.page["id"]


async def test_a_run_of_another_workflow_is_not_found(runs: Runs, admin: Api) -> None:
    await runs.enrol(runs.contacts[0], once="d" * 24)
    path = _only_run(await runs.show("/runs"))
    other = created(await admin.post("/workflows", {"name": "Other", "steps": STEPS}))
    for found in (f"/dashboard/workflows/{other['id']}{path}", f"{runs.path}/runs/nothing"):
        assert (await runs.dashboard.get(runs.admin, found)).status == 404


async def test_a_test_run_shows_each_step_and_changes_nothing(
    runs: Runs, admin: Api, workspace: Workspace
) -> None:
    link = {"id": "link", "kind": "generate_one_time_booking_link", "page": workspace.page["id"]}
    text = "Hi {{ contact.first_name }}: {{ generate_one_time_booking_link.one_time_link }}"
    mail = {"id": "mail", "kind": "send_email", "subject": "Your time", "text": text}
    workflow = runs.path.removeprefix("/dashboard")
    await connect(runs.dashboard, admin)
    answered(await admin.patch(workflow, {"steps": [link, mail, *STEPS], "sender": admin.user}))
    assert "carla@customer.test" in await runs.show("/test")
    answer = await runs.dashboard.post(runs.admin, f"{runs.path}/test", contact=runs.contacts[0])
    shown = _plain(await answer.text())
    assert answer.status == 200
    assert "Hi Carla: http" in shown
    assert (await admin.get("/links")).items == []
    assert (await runs.dashboard.post(runs.admin, f"{runs.path}/test", contact="nobody")).status == 422


async def test_a_workflow_begins_with_a_recipe(dashboard: DashboardServer, admin: Api) -> None:
    shown = _plain(await (await dashboard.get(admin, "/dashboard/workflows")).text())
    assert "recipe=new-lead" in shown
    shown = _plain(await (await dashboard.get(admin, "/dashboard/workflows/new?recipe=new-lead")).text())
    assert re.search(r'value="new-lead" checked', shown)
    await dashboard.post(admin, "/dashboard/workflows", recipe="new-lead", name="")
    [workflow] = (await admin.get("/workflows")).items
    assert workflow["name"] == "New lead"
    assert workflow["sender"] == admin.user
    assert [step["kind"] for step in workflow["steps"]][:2] == [
        "generate_one_time_booking_link",
        "send_email",
    ]
    answer = await dashboard.get(admin, f"/dashboard/workflows/{workflow['id']}")
    assert "things are missing" in await answer.text() or "thing is missing" in await answer.text()


def _only_run(listed: str) -> str:
    [found] = set(re.findall(r'href="/dashboard/workflows/[^/"]+(/runs/[^"?]+)"', listed))
    path: str = found
    return path


def _plain(text: str) -> str:
    return re.sub(r"> <", "><", " ".join(text.split()))
