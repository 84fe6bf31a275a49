"""Master pages: what they offer, who is assigned, and what the customer is asked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from admitone.store.records.configuration.configuration import read_records
from admitone.store.records.readers import read_bookings
from admitone.usecases.calendar_events.calendar_draft import labelled_answers
from tests.support.api.calling import a_rule, answered, created, master_page_body, refused, somebody, token_of
from tests.support.factories import WORKSPACE
from tests.support.pages.team import DAY, HALF_PAST, NINE, Team

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

AFTERNOON = {"timezone": "Europe/Paris", "weekly": {"thu": [["14:00", "15:00"]]}}


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
    replies = await asyncio.gather(
        *(customer.book(master["slug"], start, email=somebody()) for start in starts)
    )
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
