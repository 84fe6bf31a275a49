"""`/api/v1/activity`: what happened, newest first, in sentences; members see what concerns them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.activity.entry import order_of
from admitone.store.records.readers import EXAMINED
from tests.support.api.calling import CARLA, Api, a_rule, answered, created, refused, token_of
from tests.support.factories import WORKSPACE, an_event
from tests.support.store.raw_activity import add_entries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.api.deployment import Clock, Deployment

MONDAY = "2026-11-23T09:00:00Z"
TUESDAY = "2026-11-24T09:00:00Z"


async def entries(user: Api, **query: object) -> list[Any]:
    return (await user.get("/activity", **query)).items


async def texts(user: Api, **query: object) -> list[str]:
    return [entry["text"] for entry in await entries(user, **query)]


async def kinds(user: Api, **query: object) -> list[str]:
    return [entry["kind"] for entry in await entries(user, **query)]


async def test_the_story_of_a_link_in_sentences(admin: Api, member: Api, page: Any, customer: Api) -> None:
    link = await member.new_link(page, person=CARLA)
    booking = await customer.booked(link["code"], MONDAY)
    moved = {"start": TUESDAY}
    answered(await customer.post(f"/manage/{token_of(booking)}/reschedule", moved))
    answered(await member.post(f"/bookings/{booking['id']}/cancel", {"reason": "I am ill."}))
    assert (await texts(member, limit=4))[::-1] == [
        "Hanna Host made a link (Carla Customer, Talk to Hanna).",
        "Carla Customer booked a time (Talk to Hanna, Mon, Nov 23, 2026, 10:00 AM).",
        "Carla Customer moved a booking to Tue, Nov 24, 2026, 10:00 AM (Carla Customer, Talk to Hanna).",
        "Hanna Host cancelled a booking (Carla Customer, Talk to Hanna, Tue, Nov 24, 2026, 10:00 AM).",
    ]
    cancelled, _, booked, made = await entries(member, limit=4)
    assert made["by"] == {"kind": "user", "id": member.user, "name": "Hanna Host"}
    assert booked["by"] == {"kind": "customer", "id": None, "name": "Carla Customer"}
    assert (made["link"], made["booking"], made["page"]) == (link["id"], None, page["id"])
    assert (cancelled["link"], cancelled["booking"]) == (link["id"], booking["id"])
    assert cancelled["at"] == "2026-11-18T11:06:40Z"


async def test_members_see_what_concerns_them(
    admin: Api, member: Api, other_member: Api, page: Any, customer: Api, deployment: Deployment
) -> None:
    colleague = await deployment.user(name="Nora Nobody")
    link = await other_member.new_link(page)
    await customer.booked(link["code"], MONDAY)
    story = ["booking.scheduled", "link.created"]
    assert await kinds(admin, limit=2) == await kinds(member, limit=2) == story
    assert (await kinds(other_member))[:2] == story
    assert await kinds(colleague) == ["config.created"]  # themselves
    await deployment.change_settings(members_see="all")
    assert "booking.scheduled" in await kinds(colleague)


async def test_who_made_a_link_learns_of_its_booking_but_not_of_the_customer(
    other_member: Api, member: Api, page: Any, customer: Api
) -> None:
    link = await other_member.new_link(page)
    await customer.booked(link["code"], MONDAY)
    [booked] = await entries(other_member, kind="booking.scheduled")
    assert booked["text"] == "A customer booked a time (Talk to Hanna)."
    assert (booked["booking"], booked["link"], booked["by"]["name"]) == (None, link["id"], None)
    [booked] = await entries(member, kind="booking.scheduled")
    assert booked["text"].startswith("Carla Customer booked")


async def test_what_was_deleted_has_no_name(
    admin: Api, member: Api, page: Any, customer: Api, deployment: Deployment
) -> None:
    link = await member.new_link(page, person=CARLA)
    booking = await customer.booked(page["slug"], MONDAY)
    keys = deployment.store.keys(WORKSPACE)
    async with without(deployment, keys.link(link["id"]), keys.booking(booking["id"])):
        [made] = await entries(admin, kind="link.created")
        [booked] = await entries(admin, kind="booking.scheduled")
    assert (made["text"], made["link"]) == ("Hanna Host made a link (deleted).", None)
    assert (booked["text"], booked["booking"]) == ("A customer booked a time (Talk to Hanna).", None)


@asynccontextmanager
async def without(deployment: Deployment, *keys: str) -> AsyncIterator[None]:
    """Take records away for a while."""
    for key in keys:
        await deployment.store.client.rename(key, f"{key}:away")
    yield
    for key in keys:
        await deployment.store.client.rename(f"{key}:away", key)


@pytest.mark.parametrize("name", ["kind", "page", "host", "workflow"])
async def test_a_filter_looks_at_a_thousand_entries(name: str, admin: Api, deployment: Deployment) -> None:
    values = {"kind": "workflow.published", "page": "page", "host": "host", "workflow": "flow"}
    found = an_event("workflow.published", page="page", workflow="flow")
    await add_entries(deployment.store, [found], audience="host,other")
    await add_entries(deployment.store, [an_event("workflow.unpublished")] * EXAMINED)
    reply = await admin.get("/activity", **{name: values[name]})
    assert reply.items == []
    reply = await admin.get("/activity", **{name: values[name]}, cursor=reply.body["next_cursor"])
    assert [entry["kind"] for entry in reply.items] == ["workflow.published"]
    assert reply.body["next_cursor"] is None


async def test_the_list_continues_where_it_stood(admin: Api, deployment: Deployment) -> None:
    await add_entries(deployment.store, [an_event("workflow.published")] * 5)
    found: list[str] = []
    cursor = None
    while not found or cursor:
        reply = await admin.get(
            "/activity", kind="workflow.published", limit=2, **({"cursor": cursor} if cursor else {})
        )
        found += reply.ids
        cursor = reply.body["next_cursor"]
    assert len(found) == 5
    assert found == sorted(found, key=order_of, reverse=True)


async def test_entries_of_before_are_for_administrators_and_for_all(
    admin: Api, member: Api, deployment: Deployment
) -> None:
    event = an_event("workflow.failed", by="workflow")
    await add_entries(deployment.store, [event], audience=None)
    assert await kinds(admin, limit=1) == ["workflow.failed"]
    assert "workflow.failed" not in await kinds(member)
    await deployment.change_settings(members_see="all")
    assert "workflow.failed" in await kinds(member)


async def test_a_link_a_booking_and_a_contact_have_their_own_histories(
    admin: Api, member: Api, page: Any, customer: Api, clock: Clock, deployment: Deployment
) -> None:
    contact = created(await admin.post("/contacts", {"email": "carla@customer.test"}))
    link = await member.new_link(page, person=CARLA)
    clock.forward(minutes=1)
    booking = await customer.booked(link["code"], MONDAY)
    clock.forward(minutes=1)
    answered(await customer.post(f"/manage/{token_of(booking)}/reschedule", {"start": TUESDAY}))
    other = await customer.booked(page["slug"], "2026-11-25T09:00:00Z", email="other@customer.test")
    story = ["booking.rescheduled", "booking.scheduled", "link.created"]
    async with without(deployment, deployment.store.keys(WORKSPACE).activity):
        assert await kinds(member, link=link["id"]) == story
        assert await kinds(member, booking=booking["id"]) == story[:2]
        assert await kinds(admin, contact=contact["id"]) == [*story, "contact.created"]
    [_, booked] = await texts(member, booking=booking["id"])
    assert "Nov 23" in booked
    assert len(await entries(member, booking=other["id"])) == 1
    first = await member.get("/activity", link=link["id"], limit=2)
    rest = await member.get("/activity", link=link["id"], limit=2, cursor=first.body["next_cursor"])
    assert [entry["kind"] for entry in (*first.items, *rest.items)] == story


async def test_a_history_is_shown_to_whom_its_record_is(
    member: Api, other_member: Api, page: Any, customer: Api
) -> None:
    booking = await customer.booked(page["slug"], MONDAY)
    refused(await other_member.get("/activity", booking=booking["id"]), 404, "not-found")
    refused(await member.get("/activity", booking="nobody"), 404, "not-found")
    refused(await member.get("/activity", link="nobody"), 404, "not-found")
    refused(await member.get("/activity", contact="nobody"), 404, "not-found")
    refused(await member.get("/activity", link="a", booking="b"), 422, "invalid", "")


async def test_refusals(admin: Api) -> None:
    refused(await admin.get("/activity", cursor="nonsense"), 422, "invalid", "cursor")
    refused(await admin.get("/activity", kind="timer.due"), 422, "invalid", "kind")
    refused(await admin.post("/activity/seen", {"id": "nonsense"}), 422, "invalid", "id")


async def test_every_change_of_the_configuration_is_said(admin: Api, event_type: Any, page: Any) -> None:
    pool = await admin.new_pool(page)
    await admin.new_master_page(a_rule(event_type, pool))
    created(await admin.post("/workflows", {"name": "Follow up"}))
    said = await texts(admin, limit=6)
    for text in (
        "Alex Admin created a record (Event type: Half an hour).",
        "Hanna Host created a record (Booking page: Talk to Hanna).",
        "Alex Admin created a record (Pool: Everybody).",
        "Alex Admin created a record (Master page: Talk to us).",
        "Alex Admin created a record (Workflow: Follow up).",
    ):
        assert text in said, said


async def test_the_mark_never_goes_back_and_not_beyond_the_newest(admin: Api, deployment: Deployment) -> None:
    store, keys = deployment.store, deployment.store.keys(WORKSPACE)
    older, newest = await add_entries(store, [an_event("workflow.published")] * 2)

    async def mark(entry: str) -> str:
        assert (await admin.post("/activity/seen", {"id": entry})).status == 204
        found = await store.client.hget(keys.activity_seen, admin.user)
        assert isinstance(found, bytes)
        return found.decode()

    assert await mark(older) == older
    assert await mark("999999999999999-0") == newest
    assert await mark(older) == newest
