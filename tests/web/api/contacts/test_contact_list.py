"""`GET /api/v1/contacts`: cursors, search and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import answered, created, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api

PEOPLE: list[dict[str, Any]] = [
    {"email": "carla@customer.test", "first_name": "Carla", "last_name": "Müller", "tags": ["lead", "vip"]},
    {"email": "bob@example.test", "first_name": "Bob", "last_name": "Carter", "tags": ["lead"]},
    {"email": "dörte@example.test", "first_name": "Anna", "tags": ["vip"]},
    {"email": "zed@zed.test", "last_name": "van der Zed"},
]


@pytest.fixture
async def people(admin: Api) -> list[str]:
    """The ids of contacts, in the order of PEOPLE."""
    return [created(await admin.post("/contacts", person))["id"] for person in PEOPLE]


async def walked(admin: Api, **query: object) -> list[str]:
    """The ids of a whole list, read in parts."""
    found: list[str] = []
    while True:
        part = answered(await admin.get("/contacts", **query))
        found += [item["id"] for item in part["items"]]
        if part["next_cursor"] is None:
            return found
        query["cursor"] = part["next_cursor"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [3, 2, 1, 0]),
        ({"q": "carla"}, [0]),
        ({"q": "car"}, [0, 1]),
        ({"q": "mull"}, [0]),
        ({"q": "MÜLLER carla"}, [0]),
        ({"q": "bob@exa"}, [1]),
        ({"q": "dörte@example.test"}, [2]),
        ({"q": "dorte"}, [2]),
        ({"q": "dörte@example.test\0"}, [2]),
        ({"q": "der zed"}, [3]),
        ({"q": "nobody"}, []),
        ({"q": "customer"}, []),
        ({"tag": "lead"}, [1, 0]),
        ({"tag": " VIP "}, [2, 0]),
        ({"tag": "none"}, []),
        ({"tag": "vip", "q": "anna"}, [2]),
        ({"tag": "lead", "q": "anna"}, []),
    ],
    ids=str,
)
async def test_a_search_finds_words_that_begin_so(
    admin: Api, people: list[str], query: dict[str, str], expected: list[int]
) -> None:
    found = await admin.get("/contacts", **query)
    assert sorted(found.ids) == sorted(people[place] for place in expected)
    if "q" not in query:
        assert found.ids == [people[place] for place in expected]


async def test_parts_follow_each_other_although_contacts_come_and_go(admin: Api) -> None:
    made = [
        created(await admin.post("/contacts", {"email": f"{number}@c.test", "tags": ["lead"]}))["id"]
        for number in range(7)
    ]
    first = answered(await admin.get("/contacts", tag="lead", limit=3))
    assert [item["id"] for item in first["items"]] == made[:3:-1]
    await admin.delete(f"/contacts/{made[4]}")
    await admin.delete(f"/contacts/{made[3]}")
    await admin.post("/contacts", {"email": "new@c.test", "tags": ["lead"]})
    rest = await walked(admin, tag="lead", limit=2, cursor=first["next_cursor"])
    assert rest == [made[2], made[1], made[0]]


async def test_a_search_has_parts_too(admin: Api) -> None:
    bodies = [{"email": f"ann{number}@c.test"} for number in range(5)]
    made = {created(await admin.post("/contacts", body))["id"] for body in bodies}
    found = await walked(admin, q="ann", limit=2)
    assert len(found) == 5
    assert set(found) == made


async def test_tags_are_listed_with_their_number(admin: Api, people: list[str]) -> None:
    assert answered(await admin.get("/contacts/tags"))["tags"] == [
        {"tag": "lead", "contacts": 2},
        {"tag": "vip", "contacts": 2},
    ]
    await admin.patch(f"/contacts/{people[2]}", {"tags": []})
    await admin.delete(f"/contacts/{people[0]}")
    assert answered(await admin.get("/contacts/tags"))["tags"] == [{"tag": "lead", "contacts": 1}]


@pytest.mark.parametrize(
    ("query", "field"), [({"cursor": "x"}, "cursor"), ({"limit": 201}, "limit"), ({"name": "x"}, "name")]
)
async def test_a_wrong_query_is_refused(admin: Api, query: dict[str, object], field: str) -> None:
    refused(await admin.get("/contacts", **query), 422, "invalid", field)
