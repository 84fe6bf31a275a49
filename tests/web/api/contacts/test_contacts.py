"""`/api/v1/contacts`: making, merging, changing and deleting one contact; lists and batches are elsewhere."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import answered, created, refused
from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

CARLA = {
    "email": "carla@customer.test",
    "first_name": "Carla",
    "last_name": "Customer",
    "phone": "+33 1 23 45 67 89",
    "timezone": "Europe/Paris",
    "locale": "fr",
    "tags": ["Lead", "  from  the fair "],
    "fields": {"company": "Customer & Co", "renewal": "2026-12-24"},
}


async def events(deployment: Deployment, stream: str = "activity") -> list[dict[str, Any]]:
    """The events about contacts in the activity stream, or in the outbox, oldest first."""
    [workspace] = await read_workspaces(deployment.store.client)
    found = (workspace.jobs if stream == "jobs" else workspace.streams["activity"]).events
    return [event for event in found if event["type"].startswith("contact")]


async def test_everything_that_is_written_comes_back(admin: Api) -> None:
    made = created(await admin.post("/contacts", CARLA))
    assert made == CARLA | {
        "id": made["id"],
        "tags": ["lead", "from the fair"],
        "created_at": "2026-11-18T11:06:40Z",
        "booked_at": None,
        "unsubscribed_at": None,
    }
    assert answered(await admin.get(f"/contacts/{made['id']}")) == made


async def test_an_address_is_enough(admin: Api) -> None:
    made = created(await admin.post("/contacts", {"email": "  Carla@Customer.TEST "}))
    empty = {"first_name": "", "last_name": "", "phone": "", "timezone": None, "locale": None}
    assert made == {
        "id": made["id"],
        "email": "carla@customer.test",
        **empty,
        "tags": [],
        "fields": {},
        "created_at": "2026-11-18T11:06:40Z",
        "booked_at": None,
        "unsubscribed_at": None,
    }


async def test_a_known_address_is_merged_whatever_its_case(admin: Api) -> None:
    made = created(await admin.post("/contacts", CARLA))
    more = {
        "email": "CARLA@customer.test",
        "last_name": "Client",
        "tags": ["LEAD", "vip"],
        "fields": {"company": "", "size": "40"},
    }
    found = answered(await admin.post("/contacts", more))
    assert found == made | {
        "last_name": "Client",
        "tags": ["lead", "from the fair", "vip"],
        "fields": {"renewal": "2026-12-24", "size": "40"},
    }
    assert len((await admin.get("/contacts")).items) == 1


async def test_what_happens_is_told_once_and_names_nobody(admin: Api, deployment: Deployment) -> None:
    made = created(await admin.post("/contacts", CARLA))
    await admin.post("/contacts", {"email": CARLA["email"], "tags": ["vip", "lead"]})
    await admin.post("/contacts", {"email": CARLA["email"], "first_name": "Carla"})
    await admin.patch(f"/contacts/{made['id']}", {"phone": None})
    await admin.delete(f"/contacts/{made['id']}")
    said = {"at": deployment.clock.now, "by": admin.user, "contact": made["id"]}
    expected = [
        {"type": "contact.created", **said},
        {"type": "contact.tagged", **said, "tag": "lead"},
        {"type": "contact.tagged", **said, "tag": "from the fair"},
        {"type": "contact.tagged", **said, "tag": "vip"},
        {"type": "contact.updated", **said},
        {"type": "contact.deleted", **said},
    ]
    assert await events(deployment) == expected
    assert await events(deployment, "jobs") == expected


INVALID: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["email"]),
    ({"email": "carla"}, ["email"]),
    ({"email": "carla@customer.test\n"}, []),
    ({"email": "c@c.test", "name": "Carla"}, ["name"]),
    ({"email": "c@c.test", "first_name": "www.evil.test/x"}, ["first_name"]),
    ({"email": "c@c.test", "last_name": "a\nb"}, ["last_name"]),
    ({"email": "c@c.test", "phone": "1" * 51}, ["phone"]),
    ({"email": "c@c.test", "timezone": "Paris"}, ["timezone"]),
    ({"email": "c@c.test", "locale": "french!"}, ["locale"]),
    ({"email": "c@c.test", "tags": ["good", "a, b", " "]}, ["tags.1", "tags.2"]),
    ({"email": "c@c.test", "tags": ["x" * 51]}, ["tags.0"]),
    ({"email": "c@c.test", "tags": [str(number) for number in range(51)]}, ["tags"]),
    ({"email": "c@c.test", "fields": {"Company": "x"}}, ["fields"]),
    ({"email": "c@c.test", "fields": {"company": "x" * 501}}, ["fields.company"]),
    ({"email": "c@c.test", "fields": {f"f{number}": "x" for number in range(51)}}, ["fields"]),
    ({"email": "c@c.test", "fields": {"company": "a\0b"}}, ["fields.company"]),
]


@pytest.mark.parametrize(("body", "fields"), [each for each in INVALID if each[1]], ids=str)
async def test_a_wrong_contact_is_refused_at_its_place(
    admin: Api, body: dict[str, Any], fields: list[str]
) -> None:
    refused(await admin.post("/contacts", body), 422, "invalid", *fields)
    assert (await admin.get("/contacts")).items == []


async def test_a_merge_never_leads_beyond_fifty_tags_or_fields(admin: Api) -> None:
    fields = {f"f{number}": "x" for number in range(50)}
    tags = [f"t{number}" for number in range(50)]
    created(await admin.post("/contacts", {"email": "c@c.test", "tags": tags, "fields": fields}))
    answered(await admin.post("/contacts", {"email": "c@c.test", "tags": ["t3"], "fields": {"f3": "y"}}))
    more = {"email": "c@c.test", "tags": ["more"], "fields": {"more": "x"}}
    refused(await admin.post("/contacts", more), 422, "invalid", "tags", "fields")


async def test_the_same_key_gives_the_same_answer(admin: Api, deployment: Deployment) -> None:
    body = {"email": "c@c.test", "tags": ["lead"]}
    made = created(await admin.post("/contacts", body, idempotency_key="1"))
    await admin.patch(f"/contacts/{made['id']}", {"tags": []})
    again = created(await admin.post("/contacts", body, idempotency_key="1"))
    assert again == made | {"tags": []}
    refused(
        await admin.post("/contacts", body | {"phone": "1"}, idempotency_key="1"),
        422,
        "idempotency-key-reused",
    )
    await admin.delete(f"/contacts/{made['id']}")
    refused(await admin.post("/contacts", body, idempotency_key="1"), 404, "not-found")


async def test_many_calls_at_once_make_one_contact(admin: Api) -> None:
    bodies = [{"email": "c@c.test", "fields": {f"f{number}": "x"}} for number in range(8)]
    answers = await asyncio.gather(*(admin.post("/contacts", body) for body in bodies))
    assert sorted(answer.status for answer in answers) == [200] * 7 + [201]
    [contact] = (await admin.get("/contacts")).items
    assert contact["fields"] == {f"f{number}": "x" for number in range(8)}


async def test_addresses_that_differ_in_accents_are_two_contacts(admin: Api) -> None:
    plain = created(await admin.post("/contacts", {"email": "rene@customer.test"}))
    accented = created(await admin.post("/contacts", {"email": "rené@customer.test"}))
    assert answered(await admin.post("/contacts", {"email": "RENÉ@customer.test"})) == accented
    assert answered(await admin.post("/contacts", {"email": "rene@customer.test"})) == plain


async def test_a_name_that_looks_like_an_address_is_no_address(admin: Api) -> None:
    await admin.post("/contacts", {"email": "one@c.test", "first_name": "two@c.test"})
    created(await admin.post("/contacts", {"email": "two@c.test"}))


async def test_a_patch_changes_what_it_names(admin: Api) -> None:
    made = created(await admin.post("/contacts", CARLA))
    path = f"/contacts/{made['id']}"
    patch = {
        "first_name": "Clara",
        "last_name": None,
        "timezone": None,
        "tags": ["VIP"],
        "fields": {"company": None, "size": "40"},
    }
    expected = made | {
        "first_name": "Clara",
        "last_name": "",
        "timezone": None,
        "tags": ["vip"],
        "fields": {"renewal": "2026-12-24", "size": "40"},
    }
    assert answered(await admin.patch(path, patch)) == expected
    assert answered(await admin.get(path)) == expected
    assert (await admin.get("/contacts", tag="lead")).ids == []
    assert (await admin.get("/contacts", tag="vip")).ids == [made["id"]]
    assert (await admin.get("/contacts", q="cust")).ids == []


async def test_a_new_address_is_found_and_the_old_one_is_free(admin: Api) -> None:
    made = created(await admin.post("/contacts", CARLA))
    path = f"/contacts/{made['id']}"
    changed = answered(await admin.patch(path, {"email": "Carla@Elsewhere.test"}))
    assert changed == made | {"email": "carla@elsewhere.test"}
    assert answered(await admin.post("/contacts", {"email": "carla@elsewhere.test"})) == changed
    created(await admin.post("/contacts", {"email": CARLA["email"]}))


async def test_an_address_of_another_contact_is_refused(admin: Api) -> None:
    made = created(await admin.post("/contacts", CARLA))
    await admin.post("/contacts", {"email": "other@c.test"})
    refused(await admin.patch(f"/contacts/{made['id']}", {"email": "Other@c.test"}), 409, "contact-exists")
    assert answered(await admin.get(f"/contacts/{made['id']}")) == made


async def test_of_two_contacts_that_take_one_address_at_once_one_gets_it(admin: Api) -> None:
    made = [created(await admin.post("/contacts", {"email": f"{number}@c.test"})) for number in range(2)]
    answers = await asyncio.gather(
        *(admin.patch(f"/contacts/{one['id']}", {"email": "new@c.test"}) for one in made)
    )
    assert sorted(answer.status for answer in answers) == [200, 409]


@pytest.mark.parametrize(
    ("patch", "fields"),
    [
        ({"email": None}, ["email"]),
        ({"email": "carla"}, ["email"]),
        ({"id": "x"}, ["id"]),
        ({"tags": ["a,b"]}, ["tags.0"]),
        ({"fields": {"Company": "x"}}, ["fields"]),
        ({"timezone": "Paris"}, ["timezone"]),
    ],
    ids=str,
)
async def test_a_wrong_patch_is_refused(admin: Api, patch: dict[str, Any], fields: list[str]) -> None:
    made = created(await admin.post("/contacts", CARLA))
    refused(await admin.patch(f"/contacts/{made['id']}", patch), 422, "invalid", *fields)


async def test_a_deleted_contact_leaves_nothing(admin: Api, deployment: Deployment) -> None:
    made = created(await admin.post("/contacts", CARLA))
    assert (await admin.delete(f"/contacts/{made['id']}")).status == 204
    for answer in (
        await admin.get(f"/contacts/{made['id']}"),
        await admin.patch(f"/contacts/{made['id']}", {}),
        await admin.delete(f"/contacts/{made['id']}"),
    ):
        refused(answer, 404, "not-found")
    [workspace] = await read_workspaces(deployment.store.client)
    assert not [name for name in (*workspace.hashes, *workspace.sets) if "contact" in name]
    assert (await admin.get("/contacts")).items == []
    assert answered(await admin.get("/contacts/tags"))["tags"] == []


@pytest.mark.parametrize("contact", ["0123456789abcdef", "x", "0123456789abcde:", "%00"])
async def test_an_unknown_contact_is_not_found(admin: Api, contact: str) -> None:
    refused(await admin.get(f"/contacts/{contact}"), 404, "not-found")


async def test_members_read_and_do_not_write(admin: Api, member: Api, stranger: Api) -> None:
    made = created(await admin.post("/contacts", CARLA))
    assert answered(await member.get(f"/contacts/{made['id']}")) == made
    assert (await member.get("/contacts")).ids == [made["id"]]
    for answer in (
        await member.post("/contacts", CARLA),
        await member.post("/contacts/batch", {"contacts": [CARLA]}),
        await member.patch(f"/contacts/{made['id']}", {"phone": ""}),
        await member.delete(f"/contacts/{made['id']}"),
    ):
        refused(answer, 403, "forbidden")
    refused(await stranger.get(f"/contacts/{made['id']}"), 404, "not-found")
