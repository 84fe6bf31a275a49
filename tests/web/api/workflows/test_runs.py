"""Runs by the API: enrolling, histories, figures, and what administrators do to runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.usecases.runs.run_control import AT_ONCE
from admitone.usecases.shared.services import Services
from admitone.worker.jobs import JOBS
from admitone.worker.worker import Worker
from tests.support.api.calling import answered, created, refused
from tests.support.api.deployment import PUBLIC_URL
from tests.support.worker.workers import work_off

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

TAG = {"id": "tag", "kind": "add_tags", "tags": ["called"]}
WAIT = {"id": "wait", "kind": "wait", "for": {"days": 1}}


async def new_workflow(admin: Api, *steps: dict[str, Any]) -> str:
    made = created(await admin.post("/workflows", {"name": "Leads", "steps": list(steps)}))
    answered(await admin.post(f"/workflows/{made['id']}/publish"))
    return f"/workflows/{made['id']}"


async def new_contacts(admin: Api, count: int) -> list[str]:
    return [
        created(await admin.post("/contacts", {"email": f"c{number}@customer.test"}))["id"]
        for number in range(count)
    ]


async def work(at: Deployment) -> None:
    services = Services(at.store, at.clock, PUBLIC_URL, test_addresses=True)
    worker = Worker(services, "worker", jobs=JOBS)
    await work_off(worker)
    await worker.close()


async def test_enrolled_contacts_enter_once(admin: Api, deployment: Deployment) -> None:
    workflow = await new_workflow(admin, TAG, WAIT)
    first, second = await new_contacts(admin, 2)
    body = {"contacts": [first, second, first, "nobody"]}
    enrolled = answered(await admin.post(f"{workflow}/enrol", body))["items"]
    assert [(one["contact"], one["result"]) for one in enrolled] == [
        (first, "entered"),
        (second, "entered"),
        ("nobody", "unknown"),
    ]
    again = answered(await admin.post(f"{workflow}/enrol", {"contacts": [first]}))["items"]
    assert [one["result"] for one in again] == ["unchanged"]
    await work(deployment)
    run = answered(await admin.get(f"/runs/{enrolled[0]['run']}"))
    assert (run["status"], run["step"], run["contact"]) == ("waiting", "wait", first)
    assert [(one["step"], one["kind"], one["status"], one["detail"]) for one in run["history"]] == [
        ("tag", "add_tags", "done", "called"),
        ("wait", "wait", "waiting", ""),
    ]


async def test_the_same_idempotency_key_starts_no_second_runs(admin: Api) -> None:
    workflow = await new_workflow(admin, WAIT)
    contacts = await new_contacts(admin, 1)
    answers = [
        answered(await admin.post(f"{workflow}/enrol", {"contacts": contacts}, idempotency_key="enrol-once"))
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert len(answered(await admin.get(f"{workflow}/runs"))["items"]) == 1


async def test_everyone_with_a_tag_enters(admin: Api, deployment: Deployment) -> None:
    workflow = await new_workflow(admin, WAIT)
    await new_contacts(admin, 2)
    leads = [
        created(await admin.post("/contacts", {"email": f"lead{number}@customer.test", "tags": ["Lead"]}))[
            "id"
        ]
        for number in range(3)
    ]
    begun = answered(await admin.post(f"{workflow}/enrol", {"tag": " LEAD"}))
    assert begun["items"] == []
    assert (begun["enrolment"]["tag"], begun["enrolment"]["contacts"]) == ("lead", 3)
    await work(deployment)
    path = f"{workflow}/enrolments/{begun['enrolment']['id']}"
    told = answered(await admin.get(path))
    assert (told["state"], told["looked_at"], told["entered"]) == ("done", 3, 3)
    assert {run["contact"] for run in (await admin.get(f"{workflow}/runs")).items} == set(leads)
    again = answered(await admin.post(f"{workflow}/enrol", {"all": True}))["enrolment"]
    await work(deployment)
    told = answered(await admin.get(f"{workflow}/enrolments/{again['id']}"))
    assert (told["tag"], told["contacts"], told["looked_at"], told["entered"]) == (None, 5, 5, 2)
    other = await new_workflow(admin, WAIT)
    refused(await admin.get(path.replace(workflow, other)), 404, "not-found")
    refused(await admin.get(f"{workflow}/enrolments/none"), 404, "not-found")


@pytest.mark.parametrize(
    "body", [{}, {"all": False}, {"all": True, "tag": "a"}, {"contacts": ["a"], "tag": "a"}]
)
async def test_one_of_three_says_who_enters(admin: Api, body: dict[str, Any]) -> None:
    workflow = await new_workflow(admin, WAIT)
    refused(await admin.post(f"{workflow}/enrol", body), 422, "invalid", "contacts")


async def test_a_tag_has_characters(admin: Api) -> None:
    workflow = await new_workflow(admin, WAIT)
    refused(await admin.post(f"{workflow}/enrol", {"tag": " "}), 422, "invalid", "tag")


async def test_the_same_idempotency_key_is_one_enrolment(admin: Api, deployment: Deployment) -> None:
    workflow = await new_workflow(admin, WAIT)
    await new_contacts(admin, 1)
    path, key = f"{workflow}/enrol", {"idempotency_key": "everyone-once"}
    first = answered(await admin.post(path, {"all": True}, **key))["enrolment"]
    await work(deployment)
    second = answered(await admin.post(path, {"all": True}, **key))["enrolment"]
    assert (second["id"], second["state"]) == (first["id"], "done")
    refused(await admin.post(path, {"tag": "lead"}, **key), 422, "idempotency-key-reused")


async def test_runs_are_listed_by_status_and_by_contact(admin: Api, deployment: Deployment) -> None:
    workflow = await new_workflow(admin, WAIT)
    contacts = await new_contacts(admin, 3)
    answered(await admin.post(f"{workflow}/enrol", {"contacts": contacts}))
    await work(deployment)
    listed = answered(await admin.get(f"{workflow}/runs?limit=2"))
    rest = answered(await admin.get(f"{workflow}/runs?cursor={listed['next_cursor']}"))
    assert {one["contact"] for one in (*listed["items"], *rest["items"])} == set(contacts)
    of_one = answered(await admin.get(f"{workflow}/runs?contact={contacts[0]}"))["items"]
    assert [one["contact"] for one in of_one] == contacts[:1]
    stopped = answered(await admin.post(f"/runs/{of_one[0]['id']}/stop"))
    assert (stopped["status"], stopped["detail"]) == ("stopped", "By hand.")
    by_status = answered(await admin.get(f"{workflow}/runs?status=stopped"))["items"]
    assert [one["id"] for one in by_status] == [stopped["id"]]


async def test_the_figures_add_up(admin: Api, deployment: Deployment) -> None:
    workflow = await new_workflow(admin, TAG, WAIT)
    answered(await admin.post(f"{workflow}/enrol", {"contacts": await new_contacts(admin, 3)}))
    await work(deployment)
    counts = answered(await admin.get(f"{workflow}/counts"))
    assert (counts["entered"], counts["done"], counts["failed"]) == (3, 0, 0)
    assert counts["steps"] == {
        "tag": {"waiting": 0, "done": 3, "skipped": 0, "failed": 0},
        "wait": {"waiting": 3, "done": 0, "skipped": 0, "failed": 0},
    }
    deployment.clock.forward(days=1)
    await work(deployment)
    counts = answered(await admin.get(f"{workflow}/counts"))
    assert (counts["done"], counts["steps"]["wait"]["waiting"]) == (3, 0)


async def test_all_failed_runs_are_skipped_at_once(admin: Api, deployment: Deployment) -> None:
    hook = created(
        await admin.post("/webhooks", {"endpoint": "https://crm.example.com/x", "events": ["link.created"]})
    )
    workflow = await new_workflow(admin, {"id": "call", "kind": "call_webhook", "webhook": hook["id"]}, TAG)
    answered(await admin.patch(f"/webhooks/{hook['id']}", {"enabled": False}))
    answered(await admin.post(f"{workflow}/enrol", {"contacts": await new_contacts(admin, 2)}))
    await work(deployment)
    failed = answered(await admin.get(f"{workflow}/runs?status=failed"))["items"]
    assert [one["history"][-1]["detail"] for one in failed] == [
        "The webhook does not exist any more, or is switched off."
    ] * 2
    assert answered(await admin.post(f"{workflow}/runs/skip")) == {"handled": 2, "has_more": False}
    await work(deployment)
    assert answered(await admin.get(f"{workflow}/counts"))["done"] == 2


async def test_a_workflow_that_is_not_published_takes_nobody(admin: Api) -> None:
    made = created(await admin.post("/workflows", {"name": "Leads"}))
    answer = await admin.post(f"/workflows/{made['id']}/enrol", {"contacts": ["nobody"]})
    refused(answer, 409, "workflow-not-published")
    answer = await admin.post(f"/workflows/{made['id']}/enrol", {"all": True})
    refused(answer, 409, "workflow-not-published")


@pytest.mark.parametrize("path", ["/runs/none", "/workflows/none/runs", "/workflows/none/counts"])
async def test_what_does_not_exist_is_not_found(admin: Api, path: str) -> None:
    refused(await admin.get(path), 404, "not-found")


async def test_members_read_and_administrators_act(admin: Api, deployment: Deployment) -> None:
    workflow = await new_workflow(admin, WAIT)
    [contact] = await new_contacts(admin, 1)
    [entered] = answered(await admin.post(f"{workflow}/enrol", {"contacts": [contact]}))["items"]
    member = await deployment.user()
    answered(await member.get(f"/runs/{entered['run']}"))
    answered(await member.get(f"{workflow}/runs"))
    refused(await member.post(f"/runs/{entered['run']}/stop"), 403, "forbidden")
    refused(await member.post(f"{workflow}/enrol", {"contacts": [contact]}), 403, "forbidden")


async def test_deleting_a_contact_stops_its_runs(admin: Api, deployment: Deployment) -> None:
    workflow = await new_workflow(admin, WAIT)
    [contact] = await new_contacts(admin, 1)
    [entered] = answered(await admin.post(f"{workflow}/enrol", {"contacts": [contact]}))["items"]
    await work(deployment)
    await admin.delete(f"/contacts/{contact}")
    run = answered(await admin.get(f"/runs/{entered['run']}"))
    assert (run["status"], run["detail"]) == ("stopped", "The contact does not exist any more.")


async def test_a_job_goes_on_with_more_failed_runs_than_a_call_handles(
    admin: Api, deployment: Deployment
) -> None:
    body = {"endpoint": "https://crm.example.com/x", "events": ["link.created"], "enabled": True}
    hook = created(await admin.post("/webhooks", body))
    workflow = await new_workflow(admin, {"id": "call", "kind": "call_webhook", "webhook": hook["id"]})
    answered(await admin.patch(f"/webhooks/{hook['id']}", {"enabled": False}))
    contacts = await new_contacts(admin, AT_ONCE + 1)
    for start in range(0, len(contacts), 20):  # more at once may be refused as busy
        answered(await admin.post(f"{workflow}/enrol", {"contacts": contacts[start : start + 20]}))
    await work(deployment)
    assert answered(await admin.post(f"{workflow}/runs/stop")) == {"handled": AT_ONCE, "has_more": True}
    await work(deployment)
    counts = answered(await admin.get(f"{workflow}/counts"))
    assert (counts["stopped"], counts["failed"]) == (AT_ONCE + 1, 0)
