"""Who enters a workflow, by which event, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.workflows.run import run_id
from admitone.store.codes import Code
from tests.support.factories import NOW, WORKSPACE, an_event
from tests.support.store.actions import put_link

if TYPE_CHECKING:
    from tests.support.workflows.engine import Engine

STEP: dict[str, Any] = {"kind": "stop"}
WAIT: dict[str, Any] = {"kind": "wait", "for": {"days": 1}}


async def test_a_new_contact_enters_once_by_one_event(engine: Engine) -> None:
    await engine.publish(STEP, trigger={"kind": "contact.created"}, re_entry="always")
    contact = await engine.contact()
    await engine.work()
    assert [run.status for run in await engine.runs_of(contact.id)] == ["done"]


async def test_events_before_publishing_let_nobody_enter(engine: Engine) -> None:
    contact = await engine.contact()
    engine.clock.forward(seconds=1)
    await engine.publish(STEP, trigger={"kind": "contact.created"})
    await engine.work()
    assert await engine.runs_of(contact.id) == []


@pytest.mark.parametrize(
    ("filters", "enters"),
    [
        ({"tag": "VIP"}, True),
        ({"tag": "other"}, False),
        ({"field": {"name": "company", "is": "acme"}}, True),
        ({"field": {"name": "company", "is": "other"}}, False),
    ],
)
async def test_filters_look_at_the_contact(engine: Engine, filters: dict[str, Any], enters: bool) -> None:
    await engine.publish(STEP, trigger={"kind": "contact.created", "filters": filters})
    contact = await engine.contact(tags=("vip",), fields={"company": "Acme"})
    await engine.work()
    assert len(await engine.runs_of(contact.id)) == enters


@pytest.mark.parametrize(
    ("filters", "enters"),
    [({}, True), ({"page": "page"}, True), ({"page": "other"}, False), ({"event_type": "other"}, False)],
)
async def test_a_booking_lets_the_contact_of_its_address_enter(
    engine: Engine, filters: dict[str, Any], enters: bool
) -> None:
    await engine.publish(STEP, trigger={"kind": "booking.scheduled", "filters": filters})
    contact = await engine.contact(email="carla@customer.test")
    booking = await engine.book(None)
    await engine.work()
    runs = await engine.runs_of(contact.id)
    assert [run.booking for run in runs] == [booking.id] * enters


@pytest.mark.parametrize(
    ("re_entry", "under_way", "ended"),
    [
        ("never", Code.UNCHANGED, Code.UNCHANGED),
        ("when_finished", Code.UNCHANGED, Code.OK),
        ("always", Code.OK, Code.OK),
    ],
)
async def test_re_entry(engine: Engine, re_entry: str, under_way: Code, ended: Code) -> None:
    await engine.publish(WAIT, re_entry=re_entry)
    contact = await engine.contact()
    first = await engine.entered(contact)
    assert await engine.enter(contact, cause="second") is under_way
    await engine.later(days=1)
    await engine.later(days=1)
    assert await engine.enter(contact, cause="third") is ended
    assert await engine.enter(contact, cause="test") is Code.APPLIED
    latest = await engine.run_of(contact)
    assert (latest.before is None) == (latest.id == first.id)


async def test_a_run_goes_on_with_its_version(engine: Engine) -> None:
    await engine.publish(WAIT, {"kind": "add_tags", "tags": ["one"]})
    old = await engine.contact()
    run = await engine.entered(old)
    await engine.publish({"kind": "add_tags", "tags": ["two"]})
    new = await engine.contact()
    await engine.entered(new)
    await engine.later(days=1)
    assert (await engine.again(run)).version == 1
    assert (await engine.contact_now(old)).tags == ("one",)
    assert (await engine.contact_now(new)).tags == ("two",)


async def test_workflows_that_start_each_other_come_to_an_end(engine: Engine) -> None:
    tags = {"kind": "contact.tagged", "filters": {"tag": "ping"}}
    steps = [{"kind": "remove_tags", "tags": ["ping"]}, {"kind": "add_tags", "tags": ["ping"]}]
    await engine.publish(*steps, trigger=tags, re_entry="always")
    contact = await engine.contact(tags=("ping",))
    await engine.happen(an_event("contact.tagged", contact=contact.id, tag="ping"))
    await engine.work()
    runs = await engine.runs_of(contact.id)
    assert sorted(run.depth for run in runs) == [0, 1, 2, 3, 4]
    figures = await engine.figures()
    assert figures["loops"] == 1


async def test_a_link_that_was_not_booked_lets_its_person_enter_after_days(engine: Engine) -> None:
    kept, booked = await engine.contact(), await engine.contact()
    links = [await put_link(engine.store, name="Carla", email=each.email) for each in (kept, booked)]
    engine.clock.forward(days=2)
    await engine.publish(STEP, trigger={"kind": "link.not_booked", "days": 3}, re_entry="always")
    await engine.book(links[1].id)
    await engine.later(hours=23)
    assert await engine.runs_of(kept.id) == []
    for _ in range(3):
        await engine.later(days=1)
    found = await engine.runs_of(kept.id)
    assert [(run.link, run.status) for run in found] == [(links[0].id, "done")]
    assert await engine.runs_of(booked.id) == []


async def test_another_version_with_the_same_trigger_looks_at_links_that_the_one_before_has_yet_to_see(
    engine: Engine,
) -> None:
    contact = await engine.contact()
    trigger = {"kind": "link.not_booked", "days": 3}
    await engine.publish(STEP, trigger=trigger)
    await engine.work()
    await put_link(engine.store, name="Carla", email=contact.email, created_at=engine.clock())
    engine.clock.forward(days=3, hours=1)  # no worker works in this hour
    await engine.publish(STEP, STEP, trigger=trigger)
    await engine.work()
    assert [run.version for run in await engine.runs_of(contact.id)] == [2]


async def test_an_unknown_contact_does_not_enter(engine: Engine) -> None:
    await engine.publish(STEP)
    assert await engine.enter("nobody") is Code.NOT_FOUND


def test_ids_of_runs_follow_from_their_cause() -> None:
    ids = {run_id(WORKSPACE, "w", contact, cause) for contact in "ab" for cause in ("1", "2")}
    assert len(ids) == 4
    assert {len(one) for one in ids} == {16}


async def test_a_hook_lets_the_contact_enter_its_own_workflow_only(engine: Engine) -> None:
    hook = {"kind": "hook", "map": {"email": "email"}}
    await engine.publish(STEP, trigger=hook)
    await engine.publish(STEP, trigger=hook, workflow="other")
    contact = await engine.contact()
    await engine.happen(an_event("hook.received", workflow="workflow", contact=contact.id))
    await engine.work()
    assert [run.workflow for run in await engine.runs_of(contact.id)] == ["workflow"]


async def test_an_expired_link_lets_its_person_enter(engine: Engine) -> None:
    await engine.publish(STEP, trigger={"kind": "link.expired"})
    contact = await engine.contact()
    link = await put_link(engine.store, name="Carla", email=contact.email, expires_at=NOW + 3600)
    await engine.work()
    await engine.later(hours=2)
    assert [run.link for run in await engine.runs_of(contact.id)] == [link.id]
