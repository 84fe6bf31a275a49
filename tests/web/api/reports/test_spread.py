"""`/api/v1/reports/spread`: who of a pool got the bookings, and who was promised how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import a_rule, answered
from tests.support.reports.counted import count

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

DAYS = {"from": "2026-11-16", "to": "2026-11-18"}


class Team:
    """A master page for one event type, and the pages of its members."""

    def __init__(self, admin: Api, deployment: Deployment, event_type: Any, pages: list[Any]) -> None:
        self.admin = admin
        self.deployment = deployment
        self.event_type = event_type
        self.pages = pages

    async def spreads(self, **query: object) -> list[Any]:
        """The spreads of three days."""
        found = answered(await self.admin.call("GET", "/reports/spread", query=DAYS | query))
        assert (found["from"], found["to"], found["timezone"]) == (*DAYS.values(), "Europe/Paris")
        pools: list[Any] = found["pools"]
        return pools

    async def count(self, master: Any, user: str, number: int, day: str = "2026-11-17") -> None:
        """Count bookings of the master page for a user."""
        key = f"{master['id']}/{self.event_type['id']}/{user}"
        await count(self.deployment.store, "scheduled", day, number, of="member", key=key)


@pytest.fixture
async def team(admin: Api, member: Api, other_member: Api, deployment: Deployment) -> Team:
    """The pages of Hanna Host, Otto Other and Alex Admin."""
    event_type = await admin.new_event_type()
    pages = [await user.new_page(event_type) for user in (member, other_member, admin)]
    return Team(admin, deployment, event_type, pages)


async def test_a_round_robin_promises_equal_shares(
    team: Team, admin: Api, member: Api, other_member: Api
) -> None:
    pool = await admin.new_pool(*team.pages[:2])
    master = await admin.new_master_page(a_rule(team.event_type, pool), title="Sales")
    await team.count(master, member.user, 3)
    await team.count(master, other_member.user, 1)
    await team.count(master, other_member.user, 9, day="2026-11-15")
    members = [
        {"user": member.user, "name": "Hanna Host", "bookings": 3, "share": 0.75},
        {"user": other_member.user, "name": "Otto Other", "bookings": 1, "share": 0.25},
    ]
    [spread] = await team.spreads()
    assert spread.pop("promise").startswith("In turn: ")
    assert spread == {
        "page": master["id"],
        "page_title": "Sales",
        "event_type": team.event_type["id"],
        "event_type_name": "Half an hour",
        "place": 1,
        "method": "round_robin",
        "bookings": 4,
        "members": [each | {"is_member": True, "promised": 0.5} for each in members],
    }


@pytest.mark.parametrize("method", ["pooled", "pooled_priority"])
async def test_other_methods_promise_no_share_but_say_what_they_do(
    team: Team, admin: Api, method: str
) -> None:
    pool = await admin.new_pool(*team.pages, method=method)
    await admin.new_master_page(a_rule(team.event_type, pool))
    [spread] = await team.spreads()
    assert (spread["method"], spread["bookings"]) == (method, 0)
    assert spread["promise"]
    assert [each["promised"] for each in spread["members"]] == [None, None, None]
    assert [each["share"] for each in spread["members"]] == [None, None, None]


async def test_each_pool_has_its_own_spread_and_single_pages_have_none(team: Team, admin: Api) -> None:
    first, second, third = team.pages
    pool = await admin.new_pool(first, second)
    master = await admin.new_master_page(a_rule(team.event_type, third, pool))
    await team.count(master, third["owner"], 2)
    await team.count(master, first["owner"], 2)
    [spread] = await team.spreads()
    assert (spread["place"], spread["bookings"]) == (2, 2)
    assert [(each["user"], each["share"]) for each in spread["members"]] == [
        (first["owner"], 1.0),
        (second["owner"], 0.0),
    ]


async def test_static_rules_spread_over_the_pages_that_offer_the_event_type(team: Team, admin: Api) -> None:
    other = await admin.new_event_type(name="An hour")
    only = await admin.new_page(other)
    pages = [page["id"] for page in (*team.pages[:2], only)]
    await admin.new_master_page(rule_type="static", pages=pages)
    found = {each["event_type_name"]: each for each in await team.spreads()}
    assert [len(found[name]["members"]) for name in ("Half an hour", "An hour")] == [2, 1]
    assert found["An hour"]["members"][0]["promised"] == 1.0


async def test_who_left_a_pool_keeps_their_bookings_and_is_promised_none(
    team: Team, admin: Api, deployment: Deployment, member: Api
) -> None:
    pool = await admin.new_pool(*team.pages)
    master = await admin.new_master_page(a_rule(team.event_type, pool))
    await team.count(master, member.user, 3)
    await team.count(master, "gone", 1)
    await deployment.change_user(member, active=False)
    [spread] = await team.spreads()
    found = [(each["name"], each["is_member"], each["share"], each["promised"]) for each in spread["members"]]
    assert found == [
        ("Otto Other", True, 0.0, 0.5),
        ("Alex Admin", True, 0.0, 0.5),
        ("Hanna Host", False, 0.75, None),
        ("A user who was deleted", False, 0.25, None),
    ]


async def test_members_see_the_spread_only_where_they_see_all(
    admin: Api, member: Api, team: Team, deployment: Deployment
) -> None:
    pool = await admin.new_pool(*team.pages)
    await admin.new_master_page(a_rule(team.event_type, pool))
    assert answered(await member.get("/reports/spread"))["pools"] == []
    await deployment.change_settings(members_see="all")
    assert len(answered(await member.get("/reports/spread"))["pools"]) == 1


async def test_a_wrong_range_is_refused(admin: Api) -> None:
    reply = await admin.get("/reports/spread", from_="2026-11-18", to="2026-11-17")
    assert (reply.status, reply.body["errors"][0]["field"]) == (422, "to")
