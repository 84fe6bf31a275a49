"""`POST /api/v1/links/batch`: one link for each of many people, all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import answered, created, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api


def people(count: int) -> list[dict[str, str]]:
    """So many people with different addresses."""
    return [{"name": f"No. {number}", "email": f"{number}@example.test"} for number in range(count)]


async def test_each_person_has_a_link_in_the_order_of_the_request(admin: Api, page: Any) -> None:
    body = {
        "page": page["id"],
        "event_type": page["event_types"][0],
        "expires_in_days": 7,
        "on_cancel": "reactivate",
        "note": "From the fair",
        "channel": "workflow",
        "skip_form": False,
        "people": [
            {"name": "Carla", "email": "carla@customer.test"},
            {"name": "Bob", "email": "bob@customer.test", "note": "Wants a discount"},
            {"name": "Carla", "email": "carla@customer.test", "note": ""},
        ],
    }
    items = created(await admin.post("/links/batch", body))["items"]
    assert [link["person"]["email"] for link in items] == [
        "carla@customer.test",
        "bob@customer.test",
        "carla@customer.test",
    ]
    assert [link["note"] for link in items] == ["From the fair", "Wants a discount", ""]
    assert len({link["code"] for link in items}) == 3
    for link in items:
        assert (link["status"], link["channel"], link["on_cancel"]) == ("active", "workflow", "reactivate")
        assert (link["expires_at"], link["skip_form"]) == ("2026-11-25T11:06:40Z", False)
        found = answered(await admin.get(f"/links/{link['id']}"))
        assert {name: found[name] for name in link} == link
    listed = await admin.get("/links")
    assert listed.ids == [link["id"] for link in items][::-1]


async def test_a_thousand_at_once(admin: Api, customer: Api, page: Any) -> None:
    items = created(await admin.post("/links/batch", {"page": page["id"], "people": people(1000)}))["items"]
    assert [link["person"]["name"] for link in items] == [f"No. {number}" for number in range(1000)]
    await customer.booked(items[999]["code"], "2026-11-19T08:00:00Z", name=None, email=None)
    booked = await admin.get("/links", status="booked")
    assert booked.ids == [items[999]["id"]]


INVALID: list[tuple[dict[str, Any], list[str]]] = [
    ({"people": None}, ["people"]),
    ({"people": []}, ["people"]),
    ({"people": people(1001)}, ["people"]),
    ({"people": {"name": "Carla"}}, ["people"]),
    ({"page": "missing", "people": people(2)}, ["page"]),
    ({"person": people(1)[0], "people": people(2)}, ["person"]),
    ({"people": [*people(3), {"name": "No. 3"}]}, ["people.3.email"]),
    ({"people": [*people(3), {"name": "No. 3", "email": 3}]}, ["people.3.email"]),
    ({"people": [*people(3), {"name": "No. 3", "email": "3@example.test", "emial": ""}]}, ["people.3.emial"]),
    ({"people": [*people(3), "No. 3"]}, ["people.3"]),
    (
        {
            "people": [
                {"name": "", "email": "0@example.test"},
                {"name": "No. 1", "email": "1@example.test"},
                {"name": "No. 2", "email": "nowhere"},
                {"name": "No. 3", "email": "3@example.test", "note": "x" * 1001},
                {"name": "", "email": ""},
            ]
        },
        ["people.0.name", "people.2.email", "people.3.note", "people.4.name", "people.4.email"],
    ),
]


@pytest.mark.parametrize(("changes", "fields"), INVALID, ids=[", ".join(fields) for _, fields in INVALID])
async def test_where_anything_is_wrong_nothing_is_made(
    admin: Api, page: Any, changes: dict[str, Any], fields: list[str]
) -> None:
    body = {name: value for name, value in ({"page": page["id"]} | changes).items() if value is not None}
    refused(await admin.post("/links/batch", body), 422, "invalid", *fields)
    assert (await admin.get("/links")).items == []


async def test_a_page_without_event_types_has_no_links(admin: Api) -> None:
    page = await admin.new_page()
    body = {"page": page["id"], "people": people(2)}
    refused(await admin.post("/links/batch", body), 409, "one-time-not-offered")
