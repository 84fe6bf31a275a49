"""Pools: made and changed by administrators, read by members, checked with the message at the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import a_rule, answered, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api, Reply
    from tests.support.pages.team import Team


async def test_a_pool_is_answered_as_it_was_written_with_defaults(admin: Api, member: Api) -> None:
    first, second = await admin.new_page(), await member.new_page()
    members = [{"page": second["id"], "priority": 5}, {"page": first["id"]}]
    pool = await admin.new_pool(method="pooled_priority", members=members, name="Sales")
    assert pool | {"members": [members[0], members[1] | {"priority": 0}], "correction": True} == pool
    assert pool["url"].endswith(f"/api/v1/pools/{pool['id']}")
    assert answered(await member.get(f"/pools/{pool['id']}")) == pool
    assert (await member.get("/pools")).items == [pool]
    changed = answered(await admin.patch(f"/pools/{pool['id']}", {"method": "pooled", "correction": None}))
    assert changed == pool | {"method": "pooled"}
    assert (await admin.delete(f"/pools/{pool['id']}")).status == 204
    refused(await admin.get(f"/pools/{pool['id']}"), 404, "not-found")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"method": "by_lot"}, "method"),
        ({"members": []}, "members"),
        ({"members": [{"page": "missing"}]}, "members.0.page"),
        ({"members": [{"page": "OWN"}, {"page": "OWN"}]}, "members.1.page"),
        ({"members": [{"page": "OWN"}, {"page": "SAME"}]}, "members.1.page"),
        ({"members": [{"page": "OWN", "priority": -1}]}, "members.0.priority"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(
    admin: Api, changes: dict[str, Any], field: str
) -> None:
    own, same = await admin.new_page(), await admin.new_page()
    body = {"name": "Sales", "method": "pooled", "members": [{"page": own["id"]}]} | changes
    ids = {"OWN": own["id"], "SAME": same["id"]}
    body["members"] = [one | {"page": ids.get(one["page"], one["page"])} for one in body["members"]]
    refused(await admin.post("/pools", body), 422, "invalid", field)


async def test_a_pool_takes_no_page_from_across_a_rule_that_names_it(team: Team) -> None:
    admin, event_type, (first, second, third) = team.admin, team.event_type, team.pages
    pool, other = await admin.new_pool(second), await admin.new_pool(third)
    await admin.new_master_page(a_rule(event_type, first, pool), title="One")
    await admin.new_master_page(a_rule(event_type, pool, other), title="Two")
    reply = await _add(admin, pool, first)
    refused(reply, 422, "invalid", "members.1.page")
    assert "“One”" in reply.body["detail"]
    refused(await _add(admin, pool, third), 422, "invalid", "members.1.page")
    refused(await _add(admin, other, second), 422, "invalid", "members.1.page")
    assert answered(await admin.get(f"/pools/{pool['id']}")) == pool
    answered(await _add(admin, other, first))
    answered(await _add(admin, pool, await admin.new_page()))


async def test_rules_that_are_not_in_force_and_pages_from_before_stop_no_change(team: Team) -> None:
    admin, event_type, (first, second, _) = team.admin, team.event_type, team.pages
    pool = await admin.new_pool(second)
    master = await admin.new_master_page(a_rule(event_type, first, pool))
    static = {"rule_type": "static", "pages": [first["id"]]}
    answered(await admin.patch(f"/master-pages/{master['id']}", static))
    pool = answered(await _add(admin, pool, first))
    reply = await admin.patch(f"/master-pages/{master['id']}", {"rule_type": "dynamic"})
    refused(reply, 422, "invalid", "rules.0.additional.0.pool")
    answered(await admin.patch(f"/pools/{pool['id']}", {"name": "Everyone"}))


async def _add(admin: Api, pool: Any, page: Any) -> Reply:
    members = [*pool["members"], {"page": page["id"]}]
    return await admin.patch(f"/pools/{pool['id']}", {"members": members})


async def test_members_and_strangers_write_none(
    admin: Api, member: Api, stranger: Api, customer: Api
) -> None:
    pool = await admin.new_pool(await admin.new_page())
    path = f"/pools/{pool['id']}"
    body = {"name": "Mine", "method": "pooled", "members": pool["members"]}
    for who, status, code in ((member, 403, "forbidden"), (customer, 401, "unauthenticated")):
        refused(await who.post("/pools", body), status, code)
        refused(await who.patch(path, {"name": "Mine"}), status, code)
        refused(await who.delete(path), status, code)
    refused(await customer.get(path), 401, "unauthenticated")
    refused(await stranger.get(path), 404, "not-found")
    refused(await stranger.patch(path, {"name": "Mine"}), 404, "not-found")
    refused(await stranger.delete(path), 404, "not-found")
    assert (await stranger.get("/pools")).items == []
    assert answered(await admin.get(path)) == pool


async def test_a_deleted_page_stops_no_other_change(admin: Api, member: Api) -> None:
    gone, kept = await admin.new_page(), await member.new_page()
    pool = await admin.new_pool(gone, kept)
    await admin.delete(f"/booking-pages/{gone['id']}")
    assert answered(await admin.patch(f"/pools/{pool['id']}", {"name": "After"}))["name"] == "After"
