"""The rooms of contacts: the list and its filters, one contact, and the form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.domain.contacts.contact import Contact
from admitone.store.records.mail.mails import keep_mail
from tests.support.api.calling import answered, created
from tests.support.contacts.imports import errors_in
from tests.support.customer.unsubscribing import ONE_CLICK, unsubscribe_path
from tests.support.factories import NOW, WORKSPACE
from tests.support.mail.messages import a_message

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

PATH = "/dashboard/contacts"
ANN = {"email": "ann@customer.test", "first_name": "Ann", "last_name": "Lee", "tags": ["vip", "lead"]}
BO = {"email": "bo@customer.test", "tags": ["lead"]}
FIELDS = {
    "email": "Ann@Customer.test",
    "first_name": "Ann",
    "last_name": "Lee",
    "phone": "+49 30 1",
    "timezone": "Europe/Berlin",
    "locale": "de",
    "tags": "VIP, Lead",
    "fields.0.name": "Company name",
    "fields.0.value": "Acme",
    "fields.1.name": "",
    "fields.1.value": "",
}


async def test_a_workflow_is_started_for_a_contact(dashboard: DashboardServer, admin: Api) -> None:
    contact = created(await admin.post("/contacts", ANN))["id"]
    shown = await (await dashboard.get(admin, f"{PATH}/{contact}")).text()
    assert "Start a workflow" not in shown, "there is none"
    made = {}
    for name, kind in (("By hand", "manual"), ("Late", "contact.created"), ("Booked", "booking.scheduled")):
        body = {"name": name, "trigger": {"kind": kind}, "steps": [{"id": "stop", "kind": "stop"}]}
        made[name] = created(await admin.post("/workflows", body))["id"]
        answered(await admin.post(f"/workflows/{made[name]}/publish"))
    shown = await (await dashboard.get(admin, f"{PATH}/{contact}")).text()
    offered = re.findall(r'<option value="([^"]+)" dir="auto">', shown)
    assert offered == [made["By hand"], made["Late"]], "the other one is about a booking"
    for chosen, once, said in (
        (made["By hand"], "a", "workflow-started"),
        (made["By hand"], "b", "workflow-not-again"),
        ("", "c", "workflow-not-chosen"),
    ):
        answer = await dashboard.post(admin, f"{PATH}/{contact}/start", workflow=chosen, once=once * 24)
        assert (answer.status, answer.headers["Location"]) == (303, f"{PATH}/{contact}?said={said}")
    [run] = (await admin.get(f"/workflows/{made['By hand']}/runs")).items
    assert run["contact"] == contact
    assert (await dashboard.post(admin, f"{PATH}/{contact}/start", workflow="none")).status == 404


async def test_contacts_are_filtered_by_the_address(dashboard: DashboardServer, admin: Api) -> None:
    for body in (ANN, BO):
        await admin.post("/contacts", body)
    for query, shown in (
        ("", {"Ann Lee", "bo@customer.test"}),
        ("?tag=VIP", {"Ann Lee"}),
        ("?tag=lead", {"Ann Lee", "bo@customer.test"}),
        ("?q=lee", {"Ann Lee"}),
        ("?q=bo%40customer.test", {"bo@customer.test"}),
        ("?q=lee&tag=nothing", set()),
    ):
        answer = await dashboard.get(admin, f"{PATH}{query}")
        assert answer.status == 200, query
        text = await answer.text()
        titles = set(re.findall(r'row-title"><bdi>\s*([^<]*?)\s*</bdi>', text))
        assert titles == shown, query
    assert (await dashboard.get(admin, f"{PATH}?cursor=nonsense")).status == 422


async def test_the_empty_list_says_what_to_do(dashboard: DashboardServer, admin: Api, member: Api) -> None:
    assert "Import contacts" in await (await dashboard.get(admin, PATH)).text()
    text = await (await dashboard.get(member, PATH)).text()
    assert "Administrators import or add them." in text
    assert "/dashboard/contacts/import" not in text
    assert "No contact matches." in await (await dashboard.get(member, f"{PATH}?tag=x")).text()


async def test_a_contact_is_made_changed_and_deleted(dashboard: DashboardServer, admin: Api) -> None:
    answer = await dashboard.post(admin, PATH, **FIELDS)
    assert answer.status == 303
    contact_id = answer.headers["Location"].partition("?")[0].rpartition("/")[2]
    made = answered(await admin.get(f"/contacts/{contact_id}"))
    assert made["fields"] == {"company_name": "Acme"}
    assert made["tags"] == ["vip", "lead"]
    assert (made["timezone"], made["locale"]) == ("Europe/Berlin", "de")
    text = await (await dashboard.get(admin, f"{PATH}/{contact_id}/edit")).text()
    for shown in ("ann@customer.test", "vip, lead", "company_name", "Acme"):
        assert f'value="{shown}"' in text
    changed = {**FIELDS, "first_name": "", "tags": "lead", "locale": "", "fields.0.value": ""}
    answer = await dashboard.post(admin, f"{PATH}/{contact_id}", **changed)
    assert answer.headers["Location"].endswith("?said=saved")
    now = answered(await admin.get(f"/contacts/{contact_id}"))
    assert (now["first_name"], now["tags"], now["fields"], now["locale"]) == ("", ["lead"], {}, None)
    await dashboard.post(admin, f"{PATH}/{contact_id}/delete")
    assert (await admin.get(f"/contacts/{contact_id}")).status == 404
    assert (await dashboard.get(admin, f"{PATH}/{contact_id}")).status == 404


async def test_a_second_contact_of_an_address_is_merged_and_says_so(
    dashboard: DashboardServer, admin: Api
) -> None:
    ann = created(await admin.post("/contacts", ANN))
    answer = await dashboard.post(admin, PATH, **{**FIELDS, "first_name": "", "tags": "new"})
    assert answer.headers["Location"] == f"{PATH}/{ann['id']}?said=contact-merged"
    now = answered(await admin.get(f"/contacts/{ann['id']}"))
    assert (now["first_name"], now["tags"], now["phone"]) == ("Ann", ["vip", "lead", "new"], "+49 30 1")


async def test_a_form_that_is_refused_keeps_what_was_typed(dashboard: DashboardServer, admin: Api) -> None:
    typed = {
        **FIELDS,
        "email": "ann@",
        "first_name": "www.spam.example/x",
        "tags": "ok, " + "x" * 51,
        "fields.0.value": "v" * 501,
        "fields.1.name": "日本",
        "fields.1.value": "w",
    }
    answer = await dashboard.post(admin, PATH, **typed)
    text = await answer.text()
    assert answer.status == 422
    assert errors_in(text) == ["Name this field in Latin letters."]
    answer = await dashboard.post(admin, PATH, **{**typed, "fields.1.name": "Company, name"})
    assert errors_in(await answer.text()) == ["Another field has this name."]
    answer = await dashboard.post(admin, PATH, **{**typed, "fields.1.value": ""})
    text = await answer.text()
    assert errors_in(text) == [
        "Enter a valid email address.",
        "Web addresses are not allowed here.",
        "At most 50 characters.",
        "At most 500 characters.",
    ]
    for value in ("ann@", "www.spam.example/x", "Company name", "+49 30 1"):
        assert f'value="{value}"' in text
    assert '<option value="Europe/Berlin" selected>' in text


async def test_the_address_of_another_contact_is_refused(dashboard: DashboardServer, admin: Api) -> None:
    await admin.post("/contacts", ANN)
    bo = created(await admin.post("/contacts", BO))
    answer = await dashboard.post(admin, f"{PATH}/{bo['id']}", **FIELDS)
    assert answer.status == 422
    assert errors_in(await answer.text()) == ["Another contact has this email address."]


async def test_the_room_shows_what_the_reader_may_see(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    """A member sees that a colleague's link exists, and the booking only where members see all."""
    ann = created(await admin.post("/contacts", ANN))
    person = {"name": "Ann Lee", "email": "ann@customer.test"}
    link = await admin.new_link(workspace.page, person=person)
    booked = await dashboard.customer.booked(link["code"], "2026-11-20T09:00:00Z", name=None, email=None)
    active = await admin.new_link(workspace.page, person=person)
    message = a_message()
    to = msgspec.structs.replace(message.to, address="Ann@customer.test")
    kept = msgspec.json.encode(msgspec.structs.replace(message, to=to))
    await keep_mail(dashboard.store, WORKSPACE, "m1", NOW, kept)
    room = f"{PATH}/{ann['id']}"
    text = await (await dashboard.get(admin, room)).text()
    for part in (link["id"], booked["id"], "/dashboard/settings/kept-mail/m1", f"{room}/edit"):
        assert part in text
    for see, is_seen in (("own", False), ("all", True)):
        await dashboard.change_settings(members_see=see)
        text = await (await dashboard.get(member, room)).text()
        assert link["id"] in text
        assert (booked["id"] in text) is is_seen
        assert (active["code"] in text) is is_seen
        assert link["code"] not in text  # it cannot be booked any more
        assert "kept-mail" not in text
        assert f"{room}/edit" not in text
        assert "Delete contact" not in text


async def test_the_room_says_since_when_they_are_unsubscribed(dashboard: DashboardServer, admin: Api) -> None:
    ann = created(await admin.post("/contacts", ANN))
    room = f"{PATH}/{ann['id']}"
    assert "Unsubscribed" not in await (await dashboard.get(admin, room)).text()
    contact = Contact(id=ann["id"], email=ann["email"], created_at=NOW)
    path = await unsubscribe_path(dashboard, contact)
    async with dashboard.http.post(dashboard.url + path, data=ONE_CLICK) as answer:
        assert answer.status == 200
    assert "Unsubscribed" in await (await dashboard.get(admin, room)).text()


@pytest.mark.parametrize("method", ["get", "post"])
async def test_a_contact_that_is_not_there(dashboard: DashboardServer, admin: Api, method: str) -> None:
    call: Any = getattr(dashboard, method)
    for path in ("0" * 16, "nothing"):
        assert (await call(admin, f"{PATH}/{path}")).status == 404


async def test_a_form_removes_only_what_it_showed(dashboard: DashboardServer, admin: Api) -> None:
    fields = {"company": "Acme", "old__name_": "x", "plan": "pro"}
    contact = created(await admin.post("/contacts", ANN | {"tags": ["a; b", "lead"], "fields": fields}))
    path = f"{PATH}/{contact['id']}"
    text = await (await dashboard.get(admin, f"{path}/edit")).text()
    inputs = re.findall(r"<input[^>]*>", text)
    pairs = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in inputs]
    form = {name[1]: value[1] if value else "" for name, value in pairs if name and name[1] != "csrf"}
    answered(await admin.patch(f"/contacts/{contact['id']}", {"fields": {"score": "9"}}))  # meanwhile
    answered(await admin.post("/contacts", ANN | {"tags": ["hot"]}))
    form |= {"tags": form["tags"].replace(", lead", ""), "first_name": "Anna"}
    place = next(name for name, value in form.items() if value == "company").replace("name", "value")
    assert (await dashboard.post(admin, path, **form | {place: ""})).status == 303
    now = answered(await admin.get(f"/contacts/{contact['id']}"))
    assert (now["first_name"], now["tags"]) == ("Anna", ["a; b", "hot"])
    assert now["fields"] == {"old__name_": "x", "plan": "pro", "score": "9"}
