"""`POST /api/v1/contacts/batch`: up to 1,000 contacts, all or none."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.support.api.calling import answered, created, refused
from tests.web.api.contacts.test_contacts import events

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment


def people(count: int) -> list[dict[str, Any]]:
    """So many people with different addresses."""
    return [{"email": f"{number}@c.test", "tags": ["lead"]} for number in range(count)]


async def test_each_entry_is_answered_in_its_order(admin: Api, deployment: Deployment) -> None:
    known = created(await admin.post("/contacts", {"email": "known@c.test", "phone": "1"}))
    body = {
        "contacts": [
            {"email": "new@c.test", "first_name": "Ann"},
            {"email": "KNOWN@c.test", "tags": ["lead"]},
            {"email": "NEW@c.test", "last_name": "Bär", "tags": ["lead"]},
        ]
    }
    items = answered(await admin.post("/contacts/batch", body))["items"]
    assert [(item["email"], item["result"]) for item in items] == [
        ("new@c.test", "created"),
        ("known@c.test", "merged"),
        ("new@c.test", "merged"),
    ]
    assert items[1]["id"] == known["id"]
    assert items[0]["id"] == items[2]["id"]
    new = answered(await admin.get(f"/contacts/{items[0]['id']}"))
    assert (new["first_name"], new["last_name"], new["tags"]) == ("Ann", "Bär", ["lead"])
    said = {"at": deployment.clock.now, "by": admin.user}
    assert (await events(deployment))[1:] == [{"type": "contacts.imported", **said, "count": 2}]
    assert [(event["type"], event["contact"]) for event in (await events(deployment, "jobs"))[1:]] == [
        ("contact.tagged", known["id"]),
        ("contact.created", new["id"]),
        ("contact.tagged", new["id"]),
    ]


async def test_a_thousand_at_once(admin: Api) -> None:
    items = answered(await admin.post("/contacts/batch", {"contacts": people(1000)}))["items"]
    assert {item["result"] for item in items} == {"created"}
    assert (await admin.get("/contacts", tag="lead", limit=2)).ids == [items[999]["id"], items[998]["id"]]
    assert answered(await admin.get("/contacts/tags"))["tags"] == [{"tag": "lead", "contacts": 1000}]
    refused(await admin.post("/contacts/batch", {"contacts": people(1001)}), 422, "invalid", "contacts")


async def test_a_wrong_entry_keeps_all_others_from_being_written(admin: Api) -> None:
    contacts = [*people(3), {"email": "x"}, {"email": "y@c.test", "timezone": "Mars"}]
    answer = await admin.post("/contacts/batch", {"contacts": contacts})
    refused(answer, 422, "invalid", "contacts.3.email", "contacts.4.timezone")
    refused(await admin.post("/contacts/batch", {"contacts": []}), 422, "invalid", "contacts")
    assert (await admin.get("/contacts")).items == []


async def test_the_number_of_tags_in_one_call_is_bounded(admin: Api) -> None:
    many = [
        {"email": f"{number}@c.test", "tags": [f"{number} {tag}" for tag in range(50)]}
        for number in range(21)
    ]
    refused(await admin.post("/contacts/batch", {"contacts": many}), 422, "invalid", "contacts")
    same = [{"email": f"{number}@c.test", "tags": [str(tag) for tag in range(11)]} for number in range(910)]
    refused(await admin.post("/contacts/batch", {"contacts": same}), 422, "invalid", "contacts")


async def test_the_same_key_gives_the_same_answer(admin: Api) -> None:
    body = {"contacts": people(2)}
    first = answered(await admin.post("/contacts/batch", body, idempotency_key="1"))
    again = answered(await admin.post("/contacts/batch", body, idempotency_key="1"))
    assert again == first
    later = answered(await admin.post("/contacts/batch", body))["items"]
    assert later == [item | {"result": "merged"} for item in first["items"]]


async def test_two_batches_at_once_make_each_contact_once(admin: Api) -> None:
    bodies = [{"contacts": people(50)}, {"contacts": people(50)[::-1]}]
    answers = await asyncio.gather(*(admin.post("/contacts/batch", body) for body in bodies))
    results = [item["result"] for answer in answers for item in answered(answer)["items"]]
    assert sorted(results) == ["created"] * 50 + ["merged"] * 50
    assert len((await admin.get("/contacts", limit=200)).items) == 50


async def test_a_workspace_has_a_limit_of_different_tags(admin: Api) -> None:
    for batch in range(5):
        names = [f"{batch}-{number}" for number in range(1000)]
        contacts = [{"email": f"{batch}-{n}@c.test", "tags": names[n * 50 : n * 50 + 50]} for n in range(20)]
        answered(await admin.post("/contacts/batch", {"contacts": contacts}))
    one = created(await admin.post("/contacts", {"email": "a@c.test", "tags": ["0-0", "4-999"]}))
    many = {"contacts": [{"email": "b@c.test", "tags": ["new"]}, {"email": "c@c.test"}]}
    refused(await admin.post("/contacts", {"email": "b@c.test", "tags": ["new"]}), 422, "invalid", "tags")
    refused(await admin.post("/contacts/batch", many), 422, "invalid", "contacts")
    refused(await admin.patch(f"/contacts/{one['id']}", {"tags": ["new"]}), 422, "invalid", "tags")
    assert len((await admin.get("/contacts", q="b@c.test")).items) == 0
    [full] = (await admin.get("/contacts", q="4-0@c.test")).items
    answered(await admin.patch(f"/contacts/{full['id']}", {"tags": full["tags"][1:]}))
    created(await admin.post("/contacts", {"email": "b@c.test", "tags": ["new"]}))
