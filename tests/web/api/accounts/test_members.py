"""What members see of links and bookings, by the setting `members_see` (docs/rules/members.md).

Two of three members are a pool, whose master page takes one event type; the third has an additional place for
another event type of that master page. Each has a booking page of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.pages.panel import takes_part
from admitone.usecases.shared import ownership
from tests.support.api.calling import CARLA, a_rule, answered, refused
from tests.support.factories import WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

OPENING = ("code", "url", "html", "text")


class Team:
    """The members, their pages and their master page; each booking gets a start of its own."""

    def __init__(self, admin: Api, customer: Api, members: list[Api]) -> None:
        self.admin = admin
        self.customer = customer
        self.members = members
        self.pages: list[Any] = []
        self.master: Any = None
        self.half: Any = None
        self.other: Any = None
        self._hours: Iterator[int] = iter(range(8, 16))

    async def make(self) -> None:
        """Set up the pages."""
        self.half, self.other = [await self.admin.new_event_type(name=name) for name in ("Half", "Other")]
        self.pages = [await member.new_page(self.half) for member in self.members]
        pool = await self.admin.new_pool(*self.pages[:2])
        rules = a_rule(self.half, pool), a_rule(self.other, pool, self.pages[2])
        self.master = await self.admin.new_master_page(*rules)

    async def booked(self, page: Any, event_type: Any) -> str:
        """The id of a new booking, by the general link of a page."""
        start = f"2026-11-19T{next(self._hours):02}:00:00Z"
        booking = await self.customer.booked(page["slug"], start, event_type=event_type["id"])
        found: str = booking["id"]
        return found

    async def seen(self, api: Api, **query: object) -> list[str]:
        """The ids of the bookings that a user lists, one on each page of the list."""
        found: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            reply = await api.get("/bookings", limit=1, **query, **cursor)
            found += reply.ids
            if reply.body["next_cursor"] is None:
                return found
            cursor = {"cursor": reply.body["next_cursor"]}


@pytest.fixture
async def team(deployment: Deployment, admin: Api, member: Api, other_member: Api, customer: Api) -> Team:
    """A team with its pages."""
    third = await deployment.user(name="Tara Third")
    team = Team(admin, customer, [member, other_member, third])
    await team.make()
    return team


async def see(deployment: Deployment, what: str) -> None:
    """Change the setting."""
    await deployment.change_settings(WORKSPACE, members_see=what)


async def test_a_member_lists_the_bookings_of_pages_and_panels_in_which_they_take_part(
    team: Team, deployment: Deployment
) -> None:
    first, second, third = team.members
    own = [await team.booked(page, team.half) for page in team.pages]
    pooled = await team.booked(team.master, team.half)
    joint = await team.booked(team.master, team.other)
    expected = {
        first: [own[0], pooled, joint],
        second: [own[1], pooled, joint],
        third: [own[2], joint],
        team.admin: [*own, pooled, joint],
    }
    for api, ids in expected.items():
        latest_first = ids[::-1]
        assert await team.seen(api) == latest_first
        assert await team.seen(api, q="carla") == latest_first
        assert await team.seen(api, status="scheduled") == latest_first
        assert await team.seen(api, from_="2026-11-19T11:00:00Z") == [
            each for each in latest_first if each in {pooled, joint}
        ]
        assert await team.seen(api, page=team.master["id"]) == [
            each for each in latest_first if each in {pooled, joint}
        ]
        assert await team.seen(api, page=team.pages[0]["id"]) == ([own[0]] if own[0] in ids else [])
        assert await team.seen(api, host=third.user) == [
            each for each in ids[::-1] if each in {own[2], joint}
        ]
        for booking in (*own, pooled, joint):
            reply = await api.get(f"/bookings/{booking}")
            if booking in ids:
                answered(reply)
            else:
                refused(reply, 404, "not-found")
    await see(deployment, "all")
    for api in team.members:
        assert await team.seen(api) == [*own, pooled, joint][::-1]
        answered(await api.get(f"/bookings/{own[0]}"))


async def test_a_booking_that_is_not_seen_cannot_be_acted_upon(team: Team, deployment: Deployment) -> None:
    first, _, third = team.members
    pooled = await team.booked(team.master, team.half)
    hosts = answered(await team.admin.get(f"/bookings/{pooled}"))["hosts"]
    [colleague] = [each for each in team.members[:2] if each.user not in hosts]
    for action, body in (
        ("cancel", None),
        ("reschedule", {"start": "2026-11-20T09:00:00Z"}),
        ("reassign", {"host": first.user}),
        ("request-reschedule", None),
        ("no-show", None),
    ):
        path = f"/bookings/{pooled}/{action}"
        refused(await third.post(path, body), 404, "not-found")
        refused(await colleague.post(path, body), 403, "forbidden")
    await see(deployment, "all")
    refused(await third.post(f"/bookings/{pooled}/cancel"), 403, "forbidden")


async def test_hosts_see_what_they_host_wherever_it_was_booked(team: Team) -> None:
    first, second, third = team.members
    own = await team.booked(team.pages[2], team.half)
    joint = await team.booked(team.master, team.other)
    rules = [a_rule(team.half, team.pages[0])]
    answered(await team.admin.patch(f"/master-pages/{team.master['id']}", {"rules": rules}, confirm=1))
    assert (await third.delete(f"/booking-pages/{team.pages[2]['id']}")).status == 204
    assert await team.seen(third) == [joint, own]
    answered(await third.post(f"/bookings/{joint}/cancel"))
    assert answered(await third.get(f"/bookings/{joint}"))["status"] == "cancelled"
    refused(await third.post(f"/bookings/{joint}/cancel"), 409, "booking-not-active")
    organiser = answered(await team.admin.get(f"/bookings/{joint}"))["host"]
    for api in (first, second):
        is_host = api.user == organiser
        assert (await api.get(f"/bookings/{joint}")).status == (200 if is_host else 404)


async def test_a_panel_counts_while_it_is_off_and_by_the_rules_in_force(
    team: Team, deployment: Deployment
) -> None:
    first, second, third = team.members
    pooled = await team.booked(team.master, team.half)
    for page in (team.master, team.pages[0]):
        kind = "master-pages" if page is team.master else "booking-pages"
        answered(await team.admin.patch(f"/{kind}/{page['id']}", {"enabled": False}, confirm=1))
    for api in (first, second):
        assert await team.seen(api) == [pooled]
    static = {"rule_type": "static", "pages": [team.pages[2]["id"]]}
    answered(await team.admin.patch(f"/master-pages/{team.master['id']}", static, confirm=1))
    assert await team.seen(third) == [pooled]
    hosts = answered(await team.admin.get(f"/bookings/{pooled}"))["hosts"]
    assert [await team.seen(api) == [pooled] for api in (first, second)] == [
        api.user in hosts for api in (first, second)
    ]


async def test_of_a_colleagues_link_everything_is_seen_but_how_to_open_it(
    team: Team, deployment: Deployment
) -> None:
    first, second, third = team.members
    theirs = await first.new_link(team.pages[0], person=CARLA)
    to_second = await first.new_link(team.pages[1])
    to_master = await first.new_link(team.master)
    every = [theirs, to_second, to_master]
    own = {first: every, second: [to_second], third: [], team.admin: every}
    for api, mine in own.items():
        listed = (await api.get("/links")).items
        assert [link["id"] for link in listed] == [link["id"] for link in reversed(every)]
        for link in [*listed, *[answered(await api.get(f"/links/{each['id']}")) for each in every]]:
            [made] = [each for each in every if each["id"] == link["id"]]
            hidden = dict.fromkeys(OPENING) if made not in mine else {}
            timeline = {"timeline": link["timeline"]} if "timeline" in link else {}
            assert link == made | hidden | timeline
    assert (await third.get("/links", q="carla")).ids == [theirs["id"]]
    await see(deployment, "all")
    assert (await third.get("/links")).items == list(reversed(every))


async def test_a_links_timeline_has_only_bookings_that_are_seen(team: Team, deployment: Deployment) -> None:
    first, second, third = team.members
    link = await first.new_link(team.pages[1], on_cancel="reactivate")
    start = "2026-11-19T09:00:00Z"
    booking = (await team.customer.booked(link["code"], start, event_type=team.half["id"]))["id"]
    answered(await second.post(f"/bookings/{booking}/cancel", {"reason": "The secret reason"}))
    for api, sees in ((second, True), (team.admin, True), (first, False), (third, False)):
        reply = await api.get(f"/links/{link['id']}")
        assert answered(reply)["bookings"] == ([booking] if sees else [])
        assert (booking in reply.text) is sees
        assert ("secret reason" in reply.text) is sees
        [listed] = (await api.get("/links")).items
        assert listed["bookings"] == ([booking] if sees else [])
    await see(deployment, "all")
    assert answered(await third.get(f"/links/{link['id']}"))["bookings"] == [booking]


async def test_a_repeated_request_for_another_time_shows_the_new_link_to_its_maker_only(
    team: Team,
) -> None:
    joint = await team.booked(team.master, team.other)
    booking = answered(await team.admin.get(f"/bookings/{joint}"))
    [host] = [each for each in team.members if each.user == booking["host"]]
    guest = team.members[2]
    path = f"/bookings/{joint}/request-reschedule"
    made = answered(await host.post(path))["link"]
    assert made["code"]
    assert answered(await host.post(path))["link"] == made
    assert answered(await guest.post(path))["link"] == made | dict.fromkeys(OPENING)


async def test_a_key_answers_its_user_as_before_whatever_the_setting(
    team: Team, deployment: Deployment
) -> None:
    first, second, _ = team.members
    body = {"page": team.pages[2]["id"]}
    made = await first.post("/links", body, idempotency_key="order-1")
    for what in ("all", "own"):
        await see(deployment, what)
        assert (await first.post("/links", body, idempotency_key="order-1")).body == made.body
        theirs = await second.post("/links", body, idempotency_key="order-1")
        assert theirs.body["id"] != made.body["id"]


async def test_a_list_reads_the_bookings_of_its_member_and_not_all(
    team: Team, deployment: Deployment
) -> None:
    first = team.members[0]
    own = await team.booked(team.pages[0], team.half)
    keys = deployment.store.keys(WORKSPACE)
    others = {f"{number:016}": 4_000_000_000 + number for number in range(3000)}
    await deployment.store.client.zadd(keys.bookings, others)
    trips = []
    for api in (first, team.admin, first, team.admin):  # twice: the first time reads the configuration
        before = deployment.store.lines.trips
        reply = await api.get("/bookings", limit=1, page=team.pages[0]["id"])
        trips.append(deployment.store.lines.trips - before)
        assert (reply.ids, reply.body["next_cursor"]) == ([own], None)
    assert trips[2] == trips[3]
    assert (await team.admin.get("/bookings", limit=1)).body["next_cursor"]
    reply = await first.get("/bookings", limit=1)
    assert (reply.ids, reply.body["next_cursor"]) == ([own], None)
    await deployment.store.client.zrem(keys.bookings, *others)


async def test_the_pages_of_a_member_are_looked_for_again_only_once_one_has_changed(
    team: Team, deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    await see(deployment, "own")
    pooled, member = [await team.booked(team.master, team.half) for _ in range(2)], team.members[1]
    looked: list[str] = []

    def counted(user: str, page: Any, event_type: str | None, find: Any) -> bool:
        looked.extend([] if event_type else [page.id])
        return takes_part(user, page, event_type, find)

    monkeypatch.setattr(ownership, "takes_part", counted)
    for _ in range(3):
        assert set(await team.seen(member)) == set(pooled)
    assert len(looked) == len(set(looked)) > 0
    await team.admin.patch(
        f"/master-pages/{team.master['id']}", {"rules": [a_rule(team.half, team.pages[0])]}
    )
    assert len(await team.seen(member)) == 1
