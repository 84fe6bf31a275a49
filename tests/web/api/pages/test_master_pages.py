"""Master pages: rules, what they offer, who is assigned, and their one-time links."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from admitone.store.records.configuration import read_records
from admitone.store.records.readers import read_bookings
from admitone.usecases.calendar_events.calendar_draft import labelled_answers
from tests.support.api.calling import a_rule, answered, created, master_page_body, refused, token_of
from tests.support.factories import WORKSPACE
from tests.support.pages.team import DAY, HALF_PAST, NINE, Team

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

MORNING = {"timezone": "Europe/Paris", "weekly": {"thu": [["09:00", "11:00"]]}}
AFTERNOON = {"timezone": "Europe/Paris", "weekly": {"thu": [["14:00", "15:00"]]}}


@pytest.fixture
async def team(admin: Api, deployment: Deployment) -> Team:
    event_type = await admin.new_event_type()
    pages = []
    for name in ("Ann", "Bob", "Cal"):
        user = await deployment.user(name=name)
        pages.append(await user.new_page(event_type, schedule=MORNING, title=name))
    return Team(admin, event_type, pages)


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
    bare = await admin.new_page()
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
        "too few people": master_page_body(a_rule(one, first, same)),
        "a pool without members": master_page_body(rule),
        "no pages": master_page_body(**static),
        "an unknown page in the list": master_page_body(**static, pages=[first["id"], "missing"]),
        "a page twice in the list": master_page_body(**static, pages=[first["id"], first["id"]]),
        "no event type at all": master_page_body(**static, pages=[bare["id"]]),
        "slug": master_page_body(rule, slug="admin"),
    }
    refused(await admin.post("/master-pages", bodies[name]), 422, "invalid", *fields)


async def test_a_round_robin_lists_the_first_in_turn_and_takes_any_offered_start(
    team: Team, customer: Api
) -> None:
    admin = team.admin
    answered(await admin.patch(f"/booking-pages/{team.pages[2]['id']}", {"schedule": AFTERNOON}))
    master = await admin.new_master_page(a_rule(team.event_type, await admin.new_pool(*team.pages)))
    slug = master["slug"]
    assert await customer.starts(slug, DAY, DAY) == [
        f"{DAY}T{t}:00Z" for t in ("08:00", "08:30", "09:00", "09:30")
    ]
    first = await customer.booked(slug, NINE)
    second = await customer.booked(slug, NINE)
    assert await team.hosts(first, second) == team.ids[:2]
    assert (first["host_name"], second["host_name"]) == ("Ann", "Bob")
    assert await customer.starts(slug, DAY, DAY) == [f"{DAY}T13:00:00Z", f"{DAY}T13:30:00Z"]
    third = await customer.booked(slug, HALF_PAST)  # not listed, since it is Cal's turn, and yet offered
    assert await team.hosts(third) == team.ids[:1]
    refused(await customer.book(slug, NINE), 409, "slot-taken")
    refused(await customer.book(slug, f"{DAY}T12:00:00Z"), 422, "slot-not-offered")


async def test_a_pool_lists_the_times_of_all(team: Team, customer: Api) -> None:
    admin = team.admin
    answered(await admin.patch(f"/booking-pages/{team.pages[2]['id']}", {"schedule": AFTERNOON}))
    pool = await admin.new_pool(*team.pages, method="pooled")
    slug = (await admin.new_master_page(a_rule(team.event_type, pool)))["slug"]
    starts = await customer.starts(slug, DAY, DAY)
    assert starts[0] == NINE
    assert starts[-1] == f"{DAY}T13:30:00Z"
    bookings = [
        await customer.booked(slug, start) for start in (NINE, NINE, starts[-1], HALF_PAST, HALF_PAST)
    ]
    found = await team.hosts(*bookings)
    assert set(found[:2]) == set(team.ids[:2])
    assert found[2:] == [team.ids[2], *found[:2]]  # the longest idle first
    assert NINE not in await customer.starts(slug, DAY, DAY)


async def test_a_panel_needs_everybody_at_once_and_each_sees_it(team: Team, customer: Api) -> None:
    admin, (ann, bob, cal) = team.admin, team.ids
    others = await admin.new_pool(*team.pages[1:], method="pooled_priority")
    rule = a_rule(team.event_type, team.pages[0], others)
    master = await admin.new_master_page(rule)
    link = await admin.new_link(master)
    booking = await customer.booked(link["code"], NINE)
    found = answered(await admin.get(f"/bookings/{booking['id']}"))
    assert found["host"] == ann
    assert len(found["hosts"]) == 2
    assert found["hosts"][1] in {bob, cal}
    refused(await customer.book(link["code"], HALF_PAST), 410, "link-booked")
    refused(await customer.book(master["slug"], NINE), 409, "slot-taken")
    assert NINE not in await customer.starts(master["slug"], DAY, DAY)
    # Each of them is taken on their own page as well, and nobody else.
    free = [NINE in await customer.starts(page["slug"], DAY, DAY) for page in team.pages]
    assert free == [user not in found["hosts"] for user in team.ids]
    moved = await customer.post(f"/manage/{token_of(booking)}/reschedule", {"start": HALF_PAST})
    assert answered(moved)["status"] == "rescheduled"
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["hosts"] == found["hosts"]


async def test_simultaneous_panels_that_share_a_member_never_overlap(team: Team, customer: Api) -> None:
    """Bob is a guest of Ann's panel and of Cal's, and has a page of his own: each time is one's."""
    admin, (ann, bob, cal) = team.admin, team.pages
    masters = [await admin.new_master_page(a_rule(team.event_type, page, bob)) for page in (ann, cal)]
    starts = [f"{DAY}T{t}:00Z" for t in ("08:00", "08:30", "09:00", "09:30")]
    addresses = [masters[0]["slug"], masters[1]["slug"], bob["slug"]] * 2
    tries = [(address, start) for start in starts for address in addresses]
    replies = await asyncio.gather(*(customer.book(*each) for each in tries))
    won = {
        start: address for (address, start), reply in zip(tries, replies, strict=True) if reply.status == 201
    }
    assert sorted(reply.status for reply in replies) == [201] * 4 + [409] * 20
    assert list(won) == starts
    for page, address in ((ann, addresses[0]), (cal, addresses[1])):
        free = [start for start in starts if won[start] != address]
        assert await customer.starts(page["slug"], DAY, DAY) == free  # who lost has nothing of it
        assert await customer.starts(address, DAY, DAY) == []
    assert await customer.starts(bob["slug"], DAY, DAY) == []


async def test_simultaneous_bookings_are_fair_and_never_overlap(team: Team, customer: Api) -> None:
    master = await team.admin.new_master_page(a_rule(team.event_type, await team.admin.new_pool(*team.pages)))
    starts = [f"{DAY}T{t}:00Z" for t in ("08:00", "08:30", "09:00", "09:30")] * 4
    replies = await asyncio.gather(*(customer.book(master["slug"], start) for start in starts))
    booked = [reply.body for reply in replies if reply.status == 201]
    assert sorted(reply.status for reply in replies) == [201] * 12 + [409] * 4
    hosts = await team.hosts(*booked)
    assert [hosts.count(user) for user in team.ids] == [4, 4, 4]


async def test_an_idempotency_key_answers_the_same_host_again(team: Team, customer: Api) -> None:
    master = await team.admin.new_master_page(a_rule(team.event_type, await team.admin.new_pool(*team.pages)))
    first = await customer.book(master["slug"], NINE, idempotency_key="once")
    again = await customer.book(master["slug"], NINE, idempotency_key="once")
    assert first.status == again.status == 201
    assert first.body == again.body
    assert first.body["host_name"] == "Ann"


async def test_static_rules_offer_what_each_page_is_associated_with(team: Team, customer: Api) -> None:
    admin = team.admin
    other = await admin.new_event_type(name="An hour", duration_minutes=60)
    answered(await admin.patch(f"/booking-pages/{team.pages[1]['id']}", {"event_types": [other["id"]]}))
    ids = [page["id"] for page in team.pages]
    body = master_page_body(rule_type="static", pages=ids, distribution="pooled")
    master = created(await admin.post("/master-pages", body))
    seen = answered(await customer.get(f"/book/{master['slug']}"))
    assert [one["id"] for one in seen["event_types"]] == [team.event_type["id"], other["id"]]
    refused(
        await customer.get(f"/book/{master['slug']}/slots", from_=DAY, to=DAY), 422, "invalid", "event_type"
    )
    booking = await customer.booked(master["slug"], NINE, event_type=other["id"])
    assert await team.hosts(booking) == [team.ids[1]]
    refused(await admin.post("/links", {"page": master["id"]}), 409, "one-time-not-offered")
    [listed] = [one for one in (await admin.get("/pages")).items if one["id"] == master["id"]]
    assert listed["one_time"] is False


async def test_dynamic_to_static_and_back_touches_no_link(team: Team, customer: Api) -> None:
    admin = team.admin
    master = await admin.new_master_page(a_rule(team.event_type, await admin.new_pool(*team.pages)))
    path = f"/master-pages/{master['id']}"
    links = {
        state: await admin.new_link(master, on_cancel="reactivate" if state == "freed" else "keep")
        for state in ("active", "booked", "cancelled", "rescheduled", "kept", "freed")
    }
    starts = {"booked": NINE, "cancelled": NINE, "rescheduled": NINE, "kept": HALF_PAST, "freed": HALF_PAST}
    bookings = {state: await customer.booked(links[state]["code"], start) for state, start in starts.items()}
    general = await customer.booked(master["slug"], HALF_PAST)
    hosts = {state: (await team.hosts(booking))[0] for state, booking in bookings.items()}
    answered(await customer.post(f"/manage/{token_of(bookings['cancelled'])}/cancel", {}))
    moved = {"start": f"{DAY}T09:00:00Z"}
    answered(await customer.post(f"/manage/{token_of(bookings['rescheduled'])}/reschedule", moved))

    async def states() -> dict[str, str]:
        found = {
            state: answered(await admin.get(f"/links/{link['id']}"))["status"]
            for state, link in links.items()
        }
        for status in set(found.values()):
            listed = (await admin.get("/links", status=status, page=master["id"])).ids
            assert set(listed) == {links[state]["id"] for state in found if found[state] == status}
        return found

    dynamic = dict.fromkeys(links, "booked") | {"active": "active"}
    assert await states() == dynamic

    static = {"rule_type": "static", "pages": [page["id"] for page in team.pages]}
    reply = await admin.patch(path, static)
    refused(reply, 409, "would-break-links")
    assert (reply.body["links"], await states()) == (1, dynamic)
    after = answered(await admin.patch(path, static, confirm=1))
    assert after["rules"] == master["rules"]

    assert await states() == dynamic | {"active": "unavailable"}
    refused(await customer.get(f"/book/{links['active']['code']}"), 410, "link-unavailable")
    refused(await customer.book(links["active"]["code"], NINE), 410, "link-unavailable")
    refused(await customer.get(f"/book/{links['booked']['code']}"), 410, "link-booked")
    for state in ("booked", "rescheduled"):
        manage = f"/manage/{token_of(bookings[state])}"
        can = answered(await customer.get(manage))["can"]
        assert (can["cancel"], can["reschedule"]) == (True, False)
        assert can["why_not"].startswith("This booking can be cancelled, but not moved")
        later = {"start": f"{DAY}T09:30:00Z"}
        refused(await customer.post(f"{manage}/reschedule", later), 403, "policy-refuses")
        refused(await customer.get(f"{manage}/slots", from_=DAY, to=DAY), 403, "policy-refuses")
        refused(
            await admin.post(f"/bookings/{bookings[state]['id']}/reschedule", later), 403, "policy-refuses"
        )
    assert answered(await customer.get(f"/manage/{token_of(general)}"))["can"]["reschedule"] is True
    for state in ("kept", "freed"):  # of the two, one link is to be active again after that
        answered(await customer.post(f"/manage/{token_of(bookings[state])}/cancel", {}))
    refused(
        await admin.post(f"/bookings/{bookings['booked']['id']}/request-reschedule"),
        409,
        "one-time-not-offered",
    )
    assert await states() == dynamic | {"active": "unavailable", "freed": "unavailable"}

    back = await admin.patch(path, {"rule_type": "dynamic"})
    assert answered(back) == after | {"rule_type": "dynamic"}
    dynamic |= {"freed": "active"}
    assert await states() == dynamic
    answered(await customer.get(f"/book/{links['active']['code']}"))
    await customer.booked(links["freed"]["code"], HALF_PAST)
    for state in ("booked", "rescheduled"):
        later = {"start": f"{DAY}T09:30:00Z"}
        reply = await customer.post(f"/manage/{token_of(bookings[state])}/reschedule", later)
        assert answered(reply)["status"] == "rescheduled"
        assert await team.hosts(bookings[state]) == [hosts[state]]  # rescheduling stays with the host
    answered(await customer.post(f"/manage/{token_of(bookings['booked'])}/cancel", {}))


async def test_changes_that_would_break_links_say_how_many(team: Team, customer: Api, clock: Clock) -> None:
    admin, first = team.admin, team.pages[0]
    pool = await admin.new_pool(first)
    master = await admin.new_master_page(a_rule(team.event_type, pool))
    people = [{"name": f"No. {n}", "email": f"{n}@customer.test"} for n in range(3)]
    created(await admin.post("/links/batch", {"page": master["id"], "people": people}))
    created(await admin.post("/links/batch", {"page": first["id"], "people": people}))
    used, revoked, _expired = [await admin.new_link(master, expires_in_days=1) for _ in range(3)]
    await customer.booked(used["code"], NINE)
    answered(await admin.post(f"/links/{revoked['id']}/revoke"))
    clock.forward(days=1.1)
    for method, path, body, links in (
        ("PATCH", f"/master-pages/{master['id']}", {"enabled": False}, 3),
        ("DELETE", f"/master-pages/{master['id']}", None, 3),
        ("DELETE", f"/pools/{pool['id']}", None, 3),
        ("PATCH", f"/booking-pages/{first['id']}", {"enabled": False}, 6),
        ("DELETE", f"/booking-pages/{first['id']}", None, 6),
        ("DELETE", f"/event-types/{team.event_type['id']}", None, 6),
        ("PATCH", f"/booking-pages/{first['id']}", {"event_types": []}, 3),
    ):
        reply = await admin.call(method, path, body)
        refused(reply, 409, "would-break-links")
        assert reply.body["links"] == links, path
    answered(await admin.patch(f"/booking-pages/{first['id']}", {"title": "Nothing is lost by this"}))
    assert (await admin.delete(f"/pools/{pool['id']}", confirm=1)).status == 204
    assert (await admin.get("/links", status="unavailable")).items != []


async def test_whoever_is_disabled_or_gone_takes_no_part(
    team: Team, customer: Api, deployment: Deployment
) -> None:
    admin = team.admin
    master = await admin.new_master_page(a_rule(team.event_type, await admin.new_pool(*team.pages)))
    link = await admin.new_link(master)
    answered(await admin.patch(f"/booking-pages/{team.pages[0]['id']}", {"enabled": False}))
    assert await team.hosts(await customer.booked(master["slug"], NINE)) == [team.ids[1]]
    cal = type(admin)(admin.http, admin.server, user=team.ids[2])
    await deployment.change_user(cal, active=False)
    refused(await customer.book(master["slug"], NINE), 409, "slot-taken")
    await admin.delete(f"/booking-pages/{team.pages[1]['id']}", confirm=1)
    refused(await customer.get(f"/book/{link['code']}"), 410, "link-unavailable")
    refused(await customer.get(f"/book/{master['slug']}"), 404, "link-not-found")
    answered(await admin.patch(f"/booking-pages/{team.pages[0]['id']}", {"enabled": True}))
    assert answered(await customer.get(f"/book/{link['code']}"))["one_time"] is True


@pytest.mark.parametrize(("setting", "name"), [("before", "Ann"), ("after", "")])
async def test_the_host_is_named_before_or_after_booking(
    team: Team, customer: Api, setting: str, name: str
) -> None:
    admin = team.admin
    one = await admin.new_master_page(a_rule(team.event_type, team.pages[0]), host_name=setting)
    seen = answered(await customer.get(f"/book/{one['slug']}"))
    assert (seen["host_name"], seen["title"]) == (name, "Talk to us")
    assert (await customer.booked(one["slug"], NINE))["host_name"] == "Ann"
    several = await admin.new_master_page(
        a_rule(team.event_type, await admin.new_pool(*team.pages)), host_name=setting
    )
    assert answered(await customer.get(f"/book/{several['slug']}"))["host_name"] == ""


async def test_the_primary_s_page_asks_its_questions(team: Team, customer: Api) -> None:
    question = {"id": "topic", "label": "Topic", "kind": "text", "required": True}
    answered(await team.admin.patch(f"/booking-pages/{team.pages[0]['id']}", {"form": [question]}))
    master = await team.admin.new_master_page(a_rule(team.event_type, team.pages[0], team.pages[1]))
    assert [one["id"] for one in answered(await customer.get(f"/book/{master['slug']}"))["form"]] == ["topic"]
    refused(await customer.book(master["slug"], NINE), 422, "invalid", "answers.topic")
    await customer.booked(master["slug"], NINE, answers={"topic": "Prices"})


async def test_a_question_stays_as_it_was_asked_whoever_is_chosen(
    team: Team, customer: Api, deployment: Deployment
) -> None:
    """The pool's first member asks; who is chosen may ask something else by the same name, or nothing."""
    admin, (ann, bob, _) = team.admin, team.pages
    asks = {"id": "topic", "label": "What is it about?", "kind": "text"}
    answered(await admin.patch(f"/booking-pages/{ann['id']}", {"form": [asks]}))
    answered(await admin.patch(f"/booking-pages/{bob['id']}", {"form": [asks | {"label": "Subject"}]}))
    master = await admin.new_master_page(a_rule(team.event_type, await admin.new_pool(*team.pages)))
    made = [
        await customer.booked(master["slug"], NINE, answers={"topic": f"Prices {number}"})
        for number in range(3)
    ]
    assert await team.hosts(*made) == team.ids
    answered(await admin.patch(f"/booking-pages/{ann['id']}", {"form": []}))
    store = deployment.store
    bookings = await read_bookings(store, WORKSPACE, [one["id"] for one in made])
    pages = await read_records(store, WORKSPACE, "booking_page", [page["id"] for page in team.pages])
    assert [labelled_answers(*pair) for pair in zip(bookings, pages, strict=True)] == [
        [("What is it about?", f"Prices {number}")] for number in range(3)
    ]
