"""A test run shows what each step would do for a contact, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.domain.contacts.contact import Contact
from admitone.domain.workflows.steps import MOST_STEPS
from admitone.mail.message import Message
from admitone.store.records.mail.mails import read_kept_mails
from tests.support.api.calling import answered, created, refused
from tests.support.customer.unsubscribing import ONE_CLICK, unsubscribe_path
from tests.support.factories import NOW, WORKSPACE
from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

LINK = "{{ generate_one_time_booking_link.one_time_link }}"
STOP = {"id": "stop", "kind": "stop"}
END = {"id": "end", "kind": "stop"}
MAIL = {"id": "mail", "kind": "send_email", "subject": "Hi", "text": "Text"}
PERSON = {
    "email": "carla@customer.test",
    "first_name": "Carla",
    "timezone": "Europe/Paris",
    "tags": ["lead"],
    "fields": {"renewal": "2026-12-24"},
}


class Tried:
    """A contact, a page, and test runs of drafts."""

    def __init__(self, admin: Api, contact: Any, page: Any) -> None:
        self.admin = admin
        self.contact = contact
        self.page = page

    async def run(self, *steps: Any, send_to_me: bool = False, **body: Any) -> list[Any]:
        """The steps of a test run."""
        draft = {"name": "New lead", "sender": self.admin.user, "steps": steps, **body}
        path = f"/workflows/{created(await self.admin.post('/workflows', draft))['id']}"
        asked = {"contact": self.contact["id"], "send_to_me": send_to_me}
        found = answered(await self.admin.post(f"{path}/test", asked))
        assert found["contact"] == self.contact["id"]
        steps_of_it: list[Any] = found["steps"]
        return steps_of_it

    def link(self, step: str = "link", **more: Any) -> Any:
        return {"id": step, "kind": "generate_one_time_booking_link", "page": self.page["id"], **more}


@pytest.fixture
async def tried(admin: Api) -> Tried:
    page = await admin.new_page(await admin.new_event_type(), title="Talk to Alex")
    return Tried(admin, created(await admin.post("/contacts", PERSON)), page)


async def everything(at: Deployment) -> Any:
    return [each.hashes | each.streams for each in await read_workspaces(at.store.client)]


async def test_each_step_shows_what_it_would_do(tried: Tried, deployment: Deployment) -> None:
    is_vip = {"conditions": [{"about": "contact.tags", "is": "is", "value": "vip"}]}
    found = await tried.run(
        {"id": "tag", "kind": "add_tags", "tags": ["VIP"]},
        tried.link(expires_in_days=2),
        {"id": "mail", "kind": "send_email", "subject": "Hi {{ contact.first_name }}", "text": LINK},
        {"id": "wait", "kind": "wait", "for": {"days": 3, "at": "09:00"}},
        {"id": "fork", "kind": "if", "when": is_vip, "then": [], "else": [END]},
        {"id": "set", "kind": "set_field", "name": "score", "value": "{{ contact.tags }}"},
        {"id": "note", "kind": "notify_host", "subject": "Lead", "text": "Score: {{ contact.fields.score }}"},
        {"id": "until", "kind": "wait", "until": {"field": "renewal", "at": "10:00"}},
        STOP,
    )
    ids = ["tag", "link", "mail", "wait", "fork", "set", "note", "until", "stop"]
    assert [step["step"] for step in found] == ids
    assert {step["status"] for step in found} == {"done"}
    by_id = {step["step"]: step for step in found}
    sample = by_id["link"]["link"]
    assert sample.endswith("/.SAMPLE")
    assert by_id["mail"]["mail"] == {
        "to": "carla@customer.test",
        "subject": "Hi Carla",
        "text": sample,
        "html": None,
        "is_sent": False,
    }
    assert by_id["wait"]["until"] == "2026-11-21T08:00:00Z"
    assert by_id["fork"]["at"] == by_id["wait"]["until"]
    assert by_id["fork"]["detail"] == "The conditions hold."
    assert by_id["note"]["mail"]["text"] == "Score: lead, vip"
    assert by_id["until"]["until"] == by_id["stop"]["at"] == "2026-12-24T09:00:00Z"


async def test_nothing_is_changed(tried: Tried, admin: Api, deployment: Deployment) -> None:
    draft = {
        "name": "New lead",
        "sender": admin.user,
        "steps": [
            tried.link(),
            {"id": "mail", "kind": "send_email", "subject": "Hi", "text": LINK},
            {"id": "tag", "kind": "add_tags", "tags": ["vip"]},
            {"id": "set", "kind": "set_field", "name": "score", "value": "1"},
        ],
    }
    path = f"/workflows/{created(await admin.post('/workflows', draft))['id']}"
    before = await everything(deployment)
    answered(await admin.post(f"{path}/test", {"contact": tried.contact["id"]}))
    assert await everything(deployment) == before


async def test_mails_go_to_the_caller_alone(tried: Tried, deployment: Deployment) -> None:
    found = await tried.run(
        MAIL | {"html": "<b>{{ contact.email }}</b>"},
        {"id": "note", "kind": "notify_host", "subject": "Lead", "text": "Text"},
        send_to_me=True,
    )
    assert [step["mail"]["is_sent"] for step in found] == [True, True]
    assert found[0]["mail"]["html"] == "<b>carla@customer.test</b>"
    kept = [
        msgspec.json.decode(content, type=Message)
        for _, content in await read_kept_mails(deployment.store, WORKSPACE)
    ]
    own = answered(await tried.admin.get("/me"))["email"]
    assert [(mail.to.address, mail.subject) for mail in reversed(kept)] == [
        (own, "Test: Hi"),
        (own, "Test: Lead"),
    ]


async def test_it_ends_at_the_first_step_that_would_fail(tried: Tried) -> None:
    for broken in (
        {"id": "broken", "kind": "send_email", "subject": "Hi"},
        {"id": "broken", "kind": "send_email", "subject": "{{ booking.start }}", "text": "x"},
        {"id": "broken", "kind": "wait"},
        {"id": "broken", "kind": "wait", "until": {"field": "birthday"}},
        {"id": "broken", "kind": "generate_one_time_booking_link"},
        {"id": "broken", "kind": "if", "then": [STOP]},
        {"id": "broken", "kind": "call_webhook", "webhook": "gone"},
    ):
        tag = {"id": "tag", "kind": "add_tags", "tags": ["vip"]}
        found = await tried.run(tag, broken, {**tag, "id": "never"})
        assert [(step["step"], step["status"]) for step in found] == [("tag", "done"), ("broken", "failed")]
        assert found[1]["detail"].endswith(".")


async def test_a_problem_of_a_branch_is_its_own(tried: Tried) -> None:
    everybody = {"conditions": [{"about": "contact.email", "is": "set"}]}
    broken = {"id": "broken", "kind": "add_tags", "tags": []}
    fork = {"id": "fork", "kind": "if", "when": everybody, "then": [], "else": [broken]}
    assert [step["status"] for step in await tried.run(fork, STOP)] == ["done", "done"]
    fork |= {"then": [broken], "else": []}
    assert [step["status"] for step in await tried.run(fork, STOP)] == ["done", "failed"]


async def test_without_a_sender_mails_fail(tried: Tried) -> None:
    [found] = await tried.run(MAIL, sender=None)
    assert (found["status"], found["detail"]) == ("failed", "Choose the user whose mailbox sends.")


async def test_mails_wait_for_the_sending_window(tried: Tried) -> None:
    window = {"days": ["mon"], "start": "09:00", "end": "10:00", "timezone": None}
    [found] = await tried.run(MAIL, sending_window=window)
    assert found["at"] == "2026-11-23T08:00:00Z"


@pytest.mark.parametrize("kind", ["scheduled", "rescheduled", "cancelled", "completed", "no_show"])
async def test_a_trigger_about_bookings_has_a_sample(tried: Tried, kind: str) -> None:
    found = await tried.run(
        {
            "id": "mail",
            "kind": "send_email",
            "subject": "{{ booking.event_type }}",
            "text": "{{ booking.start | date_in: contact.timezone }} {{ booking.manage_link }}",
        },
        {"id": "wait", "kind": "wait", "booking": {"after": 60}},
        trigger={"kind": f"booking.{kind}"},
    )
    assert found[0]["mail"]["subject"] == "Sample meeting"
    assert "/manage/SAMPLE" in found[0]["mail"]["text"]
    assert found[1]["status"] == ("failed" if kind == "cancelled" else "done")


@pytest.mark.parametrize(
    ("kind", "state"), [("opened", "opened"), ("expired", "expired"), ("not_booked", "active")]
)
async def test_a_trigger_about_links_has_a_sample(tried: Tried, kind: str, state: str) -> None:
    is_so = {"conditions": [{"about": "link", "is": "is", "value": state}]}
    found = await tried.run(
        {"id": "fork", "kind": "if", "when": is_so, "else": [END]},
        MAIL | {"subject": "{{ link.page }}", "text": "{{ link.one_time_link }}"},
        trigger={"kind": f"link.{kind}", "days": 3 if kind == "not_booked" else None},
    )
    assert found[0]["detail"] == "The conditions hold."
    assert found[1]["mail"]["subject"] == "Sample page"


async def test_nobody_opens_the_link_that_is_waited_for(tried: Tried) -> None:
    wait = {"id": "wait", "kind": "wait", "link": "opened", "timeout": {"hours": 1}}
    found = await tried.run(tried.link(), wait, STOP)
    assert found[1]["detail"] == "Waits as long as it may."
    assert found[2]["at"] == found[1]["until"] > found[1]["at"]


async def test_who_unsubscribed_is_skipped(tried: Tried, deployment: Deployment) -> None:
    contact = Contact(id=tried.contact["id"], email=tried.contact["email"], created_at=NOW)
    url = f"{deployment.url}{await unsubscribe_path(deployment, contact)}"
    async with deployment.http.post(url, data=ONE_CLICK) as answer:
        assert answer.status == 200
    [found] = await tried.run(MAIL, send_to_me=True)
    assert (found["status"], found["mail"]) == ("skipped", None)


async def test_the_longest_workflow_sends_only_so_many(tried: Tried) -> None:
    steps = [MAIL | {"id": f"mail_{number}"} for number in range(MOST_STEPS)]
    found = await tried.run(*steps, send_to_me=True)
    assert sum(step["mail"]["is_sent"] for step in found) == 10
    assert len(found) == MOST_STEPS


async def test_it_needs_a_contact(tried: Tried, admin: Api, member: Api) -> None:
    path = f"/workflows/{created(await admin.post('/workflows', {'name': 'New lead'}))['id']}/test"
    refused(await admin.post(path, {"contact": "k3v9x2m1q8w4t7r5"}), 422, "invalid", "contact")
    refused(await admin.post(path, {}), 422, "invalid", "contact")
    refused(await member.post(path, {"contact": tried.contact["id"]}), 403, "forbidden")
    contact = {"contact": tried.contact["id"]}
    refused(await admin.post("/workflows/k3v9x2m1q8w4t7r5/test", contact), 404, "not-found")


async def test_a_key_needs_the_scope_of_contacts_whose_details_a_test_run_shows(tried: Tried) -> None:
    admin = tried.admin
    draft = created(await admin.post("/workflows", {"name": "Leads", "steps": [STOP]}))
    path = f"/workflows/{draft['id']}/test"
    for scopes, status in ((["workflows:write"], 403), (["workflows:write", "contacts:read"], 200)):
        made = created(await admin.new_key("Tester", scopes=scopes))
        key = type(admin)(admin.http, admin.server, made["key"], admin.user)
        assert (await key.post(path, {"contact": tried.contact["id"]})).status == status
