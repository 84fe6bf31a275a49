"""Master pages: they are written and read, and their rules are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import a_rule, answered, created, master_page_body, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.pages.team import Team


async def test_a_master_page_is_answered_as_it_was_written_with_defaults(team: Team, member: Api) -> None:
    admin = team.admin
    pool = await admin.new_pool(*team.pages[:2])
    body = master_page_body(a_rule(team.event_type, pool, team.pages[2]))
    page = created(await admin.post("/master-pages", body))
    assert body.items() <= page.items()
    assert (page["host_name"], page["distribution"], page["enabled"]) == ("before", "round_robin", True)
    assert answered(await member.get(f"/master-pages/{page['id']}")) == page
    assert (await member.get("/master-pages")).items == [page]
    [listed] = [one for one in (await member.get("/pages")).items if one["kind"] == "master_page"]
    assert (listed["id"], listed["one_time"], listed["url"]) == (page["id"], True, page["url"])
    assert [one["id"] for one in listed["event_types"]] == [team.event_type["id"]]
    refused(await member.patch(f"/master-pages/{page['id']}", {"title": "Mine"}), 403, "forbidden")
    refused(await member.delete(f"/master-pages/{page['id']}"), 403, "forbidden")
    refused(await member.post("/master-pages", body), 403, "forbidden")
    assert (await admin.delete(f"/master-pages/{page['id']}")).status == 204
    refused(await admin.get(f"/master-pages/{page['id']}"), 404, "not-found")
    created(await admin.post("/master-pages", body))  # its slug is free again


async def test_slugs_are_shared_with_booking_pages(team: Team, stranger: Api) -> None:
    page = await team.admin.new_page(slug="shared")
    rule = a_rule(team.event_type, team.pages[0])
    refused(await team.admin.post("/master-pages", master_page_body(rule, slug="shared")), 409, "slug-in-use")
    master = await team.admin.new_master_page(rule, slug="ours")
    refused(await stranger.patch(f"/master-pages/{master['id']}", {"title": "Mine"}), 404, "not-found")
    refused(await team.admin.patch(f"/booking-pages/{page['id']}", {"slug": "ours"}), 409, "slug-in-use")
    answered(await team.admin.patch(f"/master-pages/{master['id']}", {"slug": "theirs"}))
    answered(await team.admin.patch(f"/booking-pages/{page['id']}", {"slug": "ours"}))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("no rule", ["rules"]),
        ("unknown event type", ["rules.0.event_type"]),
        ("event type twice", ["rules.1.event_type"]),
        ("neither page nor pool", ["rules.0.primary"]),
        ("both page and pool", ["rules.0.primary"]),
        ("unknown page", ["rules.0.primary.page"]),
        ("unknown pool", ["rules.0.additional.0.pool"]),
        ("pool both primary and additional", ["rules.0.additional.0.pool"]),
        ("the primary's own", ["rules.0.additional.0.page"]),
        ("one of the primary's pool", ["rules.0.additional.0.page"]),
        ("a pool with the primary", ["rules.0.additional.0.pool"]),
        ("a pool with one of the primary's pool", ["rules.0.additional.0.pool"]),
        ("too few people", ["rules.0.additional"]),
        ("a pool without members", ["rules.0.primary.pool"]),
        ("no pages", ["pages"]),
        ("an unknown page in the list", ["pages.1"]),
        ("a page twice in the list", ["pages.1"]),
        ("no event type at all", ["pages"]),
        ("slug", ["slug"]),
    ],
)
async def test_rules_are_checked_when_saved(team: Team, name: str, fields: list[str]) -> None:
    admin, one, (first, second, _) = team.admin, team.event_type, team.pages
    pool = await admin.new_pool(first, second)
    same = await admin.new_pool(first)
    rule = a_rule(one, first)
    static: dict[str, Any] = {"rule_type": "static"}
    if name == "a pool without members":
        alone = await admin.new_page()
        emptied = await admin.new_pool(alone)
        await admin.delete(f"/booking-pages/{alone['id']}")
        rule = a_rule(one, emptied)
    bare, twin = await admin.new_page(), await admin.new_page()
    bodies: dict[str, dict[str, Any]] = {
        "no rule": master_page_body(),
        "unknown event type": master_page_body(rule | {"event_type": "missing"}),
        "event type twice": master_page_body(rule, rule),
        "neither page nor pool": master_page_body(rule | {"primary": {}}),
        "both page and pool": master_page_body(rule | {"primary": {"page": first["id"], "pool": pool["id"]}}),
        "unknown page": master_page_body(rule | {"primary": {"page": "missing"}}),
        "unknown pool": master_page_body(rule | {"additional": [{"pool": "missing"}]}),
        "pool both primary and additional": master_page_body(a_rule(one, pool, pool)),
        "the primary's own": master_page_body(a_rule(one, first, first)),
        "one of the primary's pool": master_page_body(a_rule(one, pool, second)),
        "a pool with the primary": master_page_body(a_rule(one, first, same)),
        "a pool with one of the primary's pool": master_page_body(a_rule(one, pool, same)),
        "too few people": master_page_body(a_rule(one, bare, twin)),
        "a pool without members": master_page_body(rule),
        "no pages": master_page_body(**static),
        "an unknown page in the list": master_page_body(**static, pages=[first["id"], "missing"]),
        "a page twice in the list": master_page_body(**static, pages=[first["id"], first["id"]]),
        "no event type at all": master_page_body(**static, pages=[bare["id"]]),
        "slug": master_page_body(rule, slug="admin"),
    }
    refused(await admin.post("/master-pages", bodies[name]), 422, "invalid", *fields)
