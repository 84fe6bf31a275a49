"""How runs fail, and how people and events end them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from prometheus_client import generate_latest

from admitone.domain.jobs.job import Work, job_of_work
from admitone.store.records.workflows.runs import AT_ONCE, runs_at_booking
from admitone.usecases.runs.run_end_all import stop_runs_of
from admitone.web.http.metrics import Metrics
from tests.support.factories import WORKSPACE, an_event
from tests.support.mail.workspace_with_mail import DRAFTS
from tests.support.workflows.engine import LINK, MAIL, told

if TYPE_CHECKING:
    from tests.support.workflows.engine import Engine

WAIT: dict[str, Any] = {"id": "wait", "kind": "wait", "for": {"days": 1}}
NOTED: dict[str, Any] = {"id": "end", "kind": "add_tags", "tags": ["Done"]}
BROKEN: dict[str, Any] = {"id": "call", "kind": "call_webhook", "webhook": "none"}


async def test_any_booking_of_the_contact_stops_a_run_if_it_says_so(engine: Engine) -> None:
    await engine.publish(WAIT, NOTED, stop_on_booking="any")
    contact = await engine.contact()
    run = await engine.entered(contact)
    await engine.note_booked(contact)
    await engine.later(days=1)
    stopped = await engine.again(run)
    assert (stopped.status, stopped.why) == ("stopped", "booked_elsewhere")
    assert (await engine.contact_now(contact)).tags == ()


async def test_without_stop_on_booking_the_run_goes_on(engine: Engine) -> None:
    await engine.publish(LINK, WAIT, NOTED, stop_on_booking=None)
    contact = await engine.contact()
    run = await engine.entered(contact)
    await engine.book(run.links[0])
    await engine.later(days=1)
    assert (await engine.again(run)).status == "done"
    assert (await engine.contact_now(contact)).tags == ("done",)


async def test_unpublishing_can_stop_the_runs_under_way(engine: Engine) -> None:
    await engine.publish(WAIT, NOTED)
    run = await engine.entered(await engine.contact())
    await engine.change_workflow(is_published=False)
    await engine.work()
    assert (await engine.again(run)).status == "waiting"
    await engine.change_workflow(stopped_versions=1)
    await engine.work()
    stopped = await engine.again(run)
    assert (stopped.status, stopped.why, stopped.position) == ("stopped", "stopped_workflow", None)


async def test_deleting_a_contact_ends_its_runs(engine: Engine) -> None:
    await engine.publish(WAIT, re_entry="always")
    contact = await engine.contact()
    for cause in ("first", "second"):
        await engine.enter(contact, cause=cause)
    await engine.work()
    await stop_runs_of(engine.mail.services, WORKSPACE, contact.id, "no_contact")
    assert [run.why for run in await engine.runs_of(contact.id)] == ["no_contact"] * 2
    figures = await engine.figures()
    assert (figures["1:wait:w"], figures["stopped"]) == (0, 2)


async def test_deleting_a_contact_ends_also_runs_that_no_list_of_theirs_shows(engine: Engine) -> None:
    await engine.publish({"kind": "wait", "for": {"days": 1}}, re_entry="always")
    contact = await engine.contact()
    for number in range(AT_ONCE + 1):
        await engine.enter(contact, cause=f"{number}")
    await engine.work()
    await stop_runs_of(engine.mail.services, WORKSPACE, contact.id, "erased")
    assert (await engine.figures())["stopped"] == AT_ONCE + 1


async def test_a_contact_that_is_gone_ends_its_run(engine: Engine) -> None:
    await engine.publish(WAIT)
    contact = await engine.contact()
    run = await engine.entered(contact)
    await engine.store.client.delete(engine.store.keys(WORKSPACE).contact(contact.id))
    await engine.later(days=1)
    assert (await engine.again(run)).why == "no_contact"


async def test_a_run_leaves_its_booking_when_it_goes_on(engine: Engine) -> None:
    wait = {"id": "wait", "kind": "wait", "booking": {"after": 0}}
    await engine.publish(wait, stop_on_booking=None)
    booking = await engine.book(None)
    run = await engine.entered(await engine.contact(), booking=booking.id)
    assert await runs_at_booking(engine.store, WORKSPACE, booking.id) == [run.id]
    await engine.later(seconds=booking.end - engine.clock())
    assert (await engine.again(run)).status == "done"
    assert await runs_at_booking(engine.store, WORKSPACE, booking.id) == []


async def test_a_revoked_grant_fails_the_step_until_google_is_reconnected(engine: Engine) -> None:
    await engine.mail.connect(DRAFTS)
    await engine.publish(MAIL | {"text": "Hello"})
    await engine.mail.google.control("revoke", account="admin@acme.test")
    run = await engine.entered(await engine.contact())
    assert (run.status, run.waits_for) == ("failed", "user")
    await engine.mail.connect(DRAFTS)
    await engine.work()
    assert told(await engine.again(run)) == [(0, "failed", ""), (0, "done", "")]


@pytest.mark.parametrize("action", ["retry", "skip", "stop"])
async def test_a_failed_run_is_handled_by_hand(engine: Engine, action: Any) -> None:
    await engine.publish(BROKEN, NOTED)
    contact = await engine.contact()
    run = await engine.entered(contact)
    await engine.by_hand(run, action)
    await engine.work()
    handled, figures = await engine.again(run), await engine.figures()
    expected: Any = {
        "retry": ("failed", [(0, "failed", ""), (0, "failed", "")]),
        "skip": ("done", [(0, "failed", ""), (0, "skipped", "by_hand"), (1, "done", "")]),
        "stop": ("stopped", [(0, "failed", "")]),
    }
    assert (handled.status, told(handled)) == expected[action]
    assert figures["1:call:f"] == (action == "retry")
    assert figures.get("1:call:w", 0) == 0


async def test_a_wait_can_be_skipped(engine: Engine) -> None:
    await engine.publish(WAIT, NOTED)
    run = await engine.entered(await engine.contact())
    await engine.by_hand(run, "skip")
    await engine.work()
    assert told(await engine.again(run)) == [(0, "skipped", "by_hand"), (1, "done", "")]
    await engine.later(days=2)
    assert (await engine.again(run)).status == "done"


async def test_a_job_that_comes_twice_does_nothing_the_second_time(engine: Engine) -> None:
    await engine.publish(LINK, WAIT, stop_on_booking=None)
    run = await engine.entered(await engine.contact())
    event = an_event("link.opened", link=run.links[0])
    for entry in ("1", "1", "2"):
        await engine.put(job_of_work(Work("run.wake", run.id), WORKSPACE, event, entry))
    await engine.work()
    figures = await engine.figures()
    assert figures["opened"] == 1
    again = await engine.again(run)
    assert (again.links, again.history, again.until) == (run.links, run.history, run.until)


async def test_metrics_show_what_became_of_runs(engine: Engine) -> None:
    await engine.publish(BROKEN, NOTED)
    run = await engine.entered(await engine.contact())
    await engine.by_hand(run, "stop")
    metrics = Metrics()
    metrics.watch_runs(engine.mail.services.run_counts)
    said = generate_latest(metrics.own).decode()
    for result, times in {"entered": 1, "failed": 1, "stopped": 1, "done": 0}.items():
        assert f'admitone_workflow_runs{{result="{result}"}} {times}.0' in said
