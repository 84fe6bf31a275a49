"""Cases of the scripts of workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.workflows.enrolment import Enrolment
from admitone.domain.workflows.run import Run, RunEntry
from admitone.store.codes import Code
from admitone.store.records.contacts.contacts import ContactChange
from admitone.store.records.workflows.enrolments import note_enrolment, start_enrolment
from admitone.store.records.workflows.run_change import NewLink, RunChange
from admitone.store.records.workflows.run_writes import (
    admit_runs,
    change_run,
    enter_run,
    note_seen,
)
from admitone.store.records.workflows.runs import read_runs
from tests.support.factories import HOUR, NOW, TODAY, WORKSPACE, a_link, an_event, an_id
from tests.support.store.actions import put_contact, put_link, read
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

WORKFLOWS = Cases()


def a_run(contact: str, **changes: Any) -> Run:
    """A run that has not begun."""
    defaults: dict[str, Any] = {
        "id": an_id(),
        "workflow": "workflow",
        "version": 1,
        "contact": contact,
        "status": "waiting",
        "entered_at": NOW,
    }
    return Run(**defaults | changes)


def an_enrolment(**changes: Any) -> Enrolment:
    """An enrolment that has just begun."""
    defaults: dict[str, Any] = {"id": an_id(), "workflow": "workflow", "state": "running", "by": "user"}
    return Enrolment(**defaults | {"at": NOW, "until": NOW * 10**6, "contacts": 1} | changes)


async def try_enter(store: Store, run: Run, *, is_queued: bool = False, re_entry: Any = "never") -> Code:
    """Let a contact enter, or not."""
    return await enter_run(
        store,
        WORKSPACE,
        run,
        re_entry,
        order=NOW * 10**6,
        now=NOW,
        counts=["entered"],
        is_queued=is_queued,
        event=an_event("workflow.entered", run=run.id),
    )


async def put_run(store: Store, *, is_queued: bool = False, **changes: Any) -> Run:
    """Let a new contact enter."""
    contact = changes.pop("contact", None) or (await put_contact(store, tags=("old",))).id
    run = a_run(contact, **changes)
    assert await try_enter(store, run, is_queued=is_queued, re_entry="always") is Code.OK
    return await the_run(store, run.id)


async def the_run(store: Store, run: str) -> Run:
    """The run as it is now."""
    [found] = await read_runs(store, WORKSPACE, [run])
    return found


async def put_change(store: Store, run: Run, **change: Any) -> Run:
    """Change a run."""
    assert await change_run(store, WORKSPACE, run, RunChange(**change), NOW) is Code.OK
    return await the_run(store, run.id)


@WORKFLOWS.add("run_enter", "run contact jobs figures runs")
async def enter_again_at_once(store: Store) -> Act:
    contact = await put_contact(store)
    before = await put_run(store, contact=contact.id)
    run = a_run(contact.id, before=before.id)
    return lambda: try_enter(store, run, re_entry="always")


@WORKFLOWS.add("run_enter", "run contact jobs delayed figures runs queue")
async def enter_the_queue(store: Store) -> Act:
    run = a_run((await put_contact(store)).id)
    return lambda: try_enter(store, run, is_queued=True)


@WORKFLOWS.add("enrolment_start", "enrolment enrolments jobs")
async def begin_an_enrolment(store: Store) -> Act:
    made = an_enrolment(tag="lead")
    assert await start_enrolment(store, WORKSPACE, an_enrolment(), "{}") is Code.OK
    return lambda: start_enrolment(store, WORKSPACE, made, "{}")


@WORKFLOWS.add("enrolment_note", "enrolment")
async def note_how_far_an_enrolment_has_come(store: Store) -> Act:
    made = an_enrolment()
    await start_enrolment(store, WORKSPACE, made, "{}")
    after = msgspec.structs.replace(made, state="done", looked_at=1, entered=1, ended_at=NOW)
    return lambda: note_enrolment(store, WORKSPACE, made, after)


@WORKFLOWS.add("run_seen", "run figures")
async def see_that_a_link_was_opened(store: Store) -> Act:
    run = await put_run(store)
    return lambda: note_seen(store, WORKSPACE, run, "opened", ["opened"])


@WORKFLOWS.add("run_admit", "queue jobs mailbox")
async def admit_some_runs(store: Store) -> Act:
    runs = [await put_run(store, is_queued=True) for _ in range(3)]
    return lambda: admit_runs(store, WORKSPACE, "workflow", "user", [run.id for run in runs], NOW)


@WORKFLOWS.add(
    "run_step",
    "run figures jobs activity counts links expiring_links link_words page_links user_links new_link "
    "counters domains",
)
async def make_a_link_and_go_on(store: Store) -> Act:
    run, other = await put_run(store), await put_link(store)
    link = a_link(name="Ann", email="ann@customer.test")
    made = NewLink(0, link, an_event("link.created", link=link.id), await read(store), NOW * 10**6, TODAY)
    change = RunChange(
        status="running",
        fields={"position": 1},
        entries=[RunEntry(0, "done", NOW)],
        adds=["1:link:d", "1:mail:w"],
        own=[other.id],
        since=NOW,
        link=made,
        event=an_event("workflow.finished"),
        told=an_event("workflow.failed"),
    )
    return lambda: change_run(store, WORKSPACE, run, change, NOW)


@WORKFLOWS.add(
    "run_step", "run figures delayed contact jobs contact_words contact_tags field_counts tagged waiting"
)
async def change_the_contact_and_wait(store: Store) -> Act:
    contact = await put_contact(store, first_name="Ann", tags=("old",))
    run = await put_run(store, contact=contact.id)
    after = msgspec.structs.replace(contact, first_name="Bea", tags=("new",), fields={"city": "Oslo"})
    change = RunChange(
        status="waiting",
        fields={"position": 1, "begun_at": NOW, "until": NOW + HOUR},
        adds=["1:wait:w"],
        due=NOW + HOUR,
        attends=("booking", True),
        contact=ContactChange(contact, after, [an_event("contact.tagged", tag="new")]),
    )
    return lambda: change_run(store, WORKSPACE, run, change, NOW)


@WORKFLOWS.add("run_step", "run figures delayed failed waiting mailbox")
async def end_a_run_that_has_failed(store: Store) -> Act:
    run = await put_run(store)
    run = await put_change(
        store,
        run,
        status="failed",
        fields={"position": 0},
        due=NOW + HOUR,
        adds=["1:mail:f"],
        cause="It broke.",
        attends=("booking", True),
    )
    change = RunChange(
        status="done",
        fields={"position": None},
        takes=["1:mail:f"],
        attends=("booking", False),
        mailbox=("user", "mail"),
    )
    return lambda: change_run(store, WORKSPACE, run, change, NOW)


@WORKFLOWS.add("run_step", "run figures failed")
async def fail_a_run(store: Store) -> Act:
    run = await put_run(store)
    change = RunChange(status="failed", fields={"position": 0}, adds=["1:mail:f"], cause="It broke.")
    return lambda: change_run(store, WORKSPACE, run, change, NOW)


@WORKFLOWS.add("run_step", "run jobs")
async def go_on_by_hand(store: Store) -> Act:
    run = await put_run(store)
    return lambda: change_run(store, WORKSPACE, run, RunChange(status="running", goes_on=True), NOW)


@WORKFLOWS.add("run_step", "run delayed queue")
async def hold_a_run_up(store: Store) -> Act:
    run = await put_run(store)
    change = RunChange(status="waiting", queued=NOW * 10**6, gate=NOW + 60)
    return lambda: change_run(store, WORKSPACE, run, change, NOW)
