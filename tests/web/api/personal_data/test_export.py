"""`POST /api/v1/erasures/export`: everything of an address, and of nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.api.calling import answered, created, refused
from tests.support.personal_data.marked import EMAIL, MARK, OTHER, leave_marks, work

if TYPE_CHECKING:
    from tests.support.api.deployment import Deployment


async def test_it_has_what_is_held_about_the_address(deployment: Deployment) -> None:
    marked = await leave_marks(deployment)
    found = answered(await marked.host.api.post("/erasures/export", {"email": EMAIL.upper()}))
    assert len(found["bookings"]) == 5
    assert {one["booking"]["person"]["email"].casefold() for one in found["bookings"]} == {EMAIL.casefold()}
    moved = next(one for one in found["bookings"] if one["booking"]["reschedules"])
    assert (moved["booking"]["notes"], moved["questions"]) == (f"I am {MARK}", {"topic": "Topic"})
    assert [(one["type"], one["reason"]) for one in moved["history"]] == [("booking.rescheduled", MARK)]
    assert [one["event_type_name"] for one in found["guest_of"]] == ["Half an hour"]
    assert found["guest_of"][0].keys() == {"booking", "event_type_name", "start", "end", "status"}
    assert len(found["links"]) == 3
    assert {one["link"]["person"]["email"].casefold() for one in found["links"]} == {EMAIL.casefold()}
    assert found["mails"]
    assert (found["contact"]["first_name"], found["contact"]["tags"]) == (MARK, ["lead"])
    [event] = found["hooks"]
    assert event["values"] == {"person.name": f"Zoe {MARK.title()}", "person.email": EMAIL}
    assert found["unsubscribed_at"] == "2026-11-18T11:06:40Z"
    assert OTHER["email"] not in str(found["bookings"]) + str(found["links"]) + str(found["guest_of"])


async def test_of_an_unknown_address_it_is_empty(deployment: Deployment) -> None:
    api = (await leave_marks(deployment)).host.api
    found = answered(await api.post("/erasures/export", {"email": "nobody@customer.test"}))
    assert (found["bookings"], found["links"], found["mails"]) == ([], [], [])
    assert (found["contact"], found["runs"], found["unsubscribed_at"]) == (None, [], None)
    refused(await api.post("/erasures/export", {"email": "nobody"}), 422, "invalid", "email")


async def test_it_has_what_workflows_did(deployment: Deployment) -> None:
    admin = await deployment.user("administrator")
    contact = created(await admin.post("/contacts", {"email": EMAIL}))["id"]
    steps = [{"id": "tag", "kind": "add_tags", "tags": ["called"]}]
    workflow = created(await admin.post("/workflows", {"name": "Leads", "steps": steps}))
    answered(await admin.post(f"/workflows/{workflow['id']}/publish"))
    answered(await admin.post(f"/workflows/{workflow['id']}/enrol", {"contacts": [contact]}))
    await work(deployment)
    [run] = answered(await admin.post("/erasures/export", {"email": EMAIL}))["runs"]
    assert (run["workflow"], [entry["kind"] for entry in run["history"]]) == (workflow["id"], ["add_tags"])
