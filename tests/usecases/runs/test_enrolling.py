"""Everyone, or everyone with a tag, enters a workflow: part by part, once, whoever dies meanwhile."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from admitone.store.store import Store
from admitone.usecases.runs import enrolment_run
from admitone.usecases.runs.enrolment_run import run_enrolment
from tests.support.factories import WORKSPACE, a_job, an_event
from tests.support.workflows.engine import WORKFLOW

if TYPE_CHECKING:
    from admitone.store.store import ScriptAnswer
    from admitone.usecases.runs.enrol_everyone import EnrolmentView
    from tests.support.workflows.engine import Engine

WAIT: dict[str, Any] = {"id": "wait", "kind": "wait", "for": {"days": 1}}

LATE = 4_000_000_000 * 10**6
"""Epoch microseconds, later than any clock of a server says."""


class Killed(BaseException):
    """The worker dies."""


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two contacts are a part."""
    monkeypatch.setattr(enrolment_run, "AT_ONCE", 2)


async def do_it(engine: Engine, begun: EnrolmentView) -> None:
    job = a_job("workflow.enrol", event=an_event("timer.due", record=f"enrolment:{begun.id}"))
    await run_enrolment(engine.mail.services, job)


@pytest.mark.usefixtures("parts")
async def test_everyone_enters_part_by_part(engine: Engine) -> None:
    await engine.publish(WAIT)
    contacts = [await engine.contact() for _ in range(5)]
    begun = await engine.enrol()
    assert (begun.state, begun.contacts, begun.looked_at) == ("running", 5, 0)
    late = await engine.contact()
    await engine.store.client.zadd(engine.store.keys(WORKSPACE).contacts, {late.id: LATE})
    await engine.work()
    told = await engine.enrolment(begun)
    assert (told.state, told.looked_at, told.entered) == ("done", 5, 5)
    assert [len(await engine.runs_of(contact.id)) for contact in contacts] == [1] * 5
    assert await engine.runs_of(late.id) == []


async def test_only_contacts_with_the_tag_enter(engine: Engine) -> None:
    await engine.publish(WAIT)
    lead, other = await engine.contact(tags=("lead",)), await engine.contact()
    begun = await engine.enrol("Lead")
    await engine.work()
    assert (await engine.enrolment(begun)).entered == 1
    assert len(await engine.runs_of(lead.id)) == 1
    assert await engine.runs_of(other.id) == []


async def test_a_tag_that_nobody_has_ends_at_once(engine: Engine) -> None:
    await engine.publish(WAIT)
    begun = await engine.enrol("nobody")
    await engine.work()
    told = await engine.enrolment(begun)
    assert (told.state, told.contacts, told.entered) == ("done", 0, 0)


@pytest.mark.usefixtures("parts")
async def test_a_contact_who_may_not_enter_again_is_looked_at_only(engine: Engine) -> None:
    await engine.publish(WAIT)
    contacts = [await engine.contact() for _ in range(3)]
    await engine.entered(contacts[1])
    begun = await engine.enrol()
    await engine.work()
    told = await engine.enrolment(begun)
    assert (told.looked_at, told.entered) == (3, 2)


@pytest.mark.usefixtures("parts")
@pytest.mark.parametrize("is_done", [False, True], ids=["before", "after"])
async def test_a_worker_dies_at_each_call_of_a_script(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, is_done: bool
) -> None:
    """Re-entry is allowed, so only the ids of the runs keep contacts from entering twice."""
    await engine.publish(WAIT, re_entry="always")
    contacts = [await engine.contact() for _ in range(3)]
    call, deaths = Store.call, 0
    for fatal in count(1):
        begun, calls = await engine.enrol(), count(1)

        async def die(*arguments: Any, last: int = fatal, numbers: Any = calls, **more: Any) -> ScriptAnswer:
            is_last = next(numbers) == last
            if is_last and not is_done:
                raise Killed
            answer = await call(*arguments, **more)
            if is_last:
                raise Killed
            return answer

        with monkeypatch.context() as patch:
            patch.setattr(Store, "call", die)
            try:
                await do_it(engine, begun)
            except Killed:
                deaths += 1
        await do_it(engine, begun)
        told = await engine.enrolment(begun)
        assert (told.state, told.looked_at, told.entered) == ("done", 3, 3)
        for contact in contacts:
            assert len(await engine.runs_of(contact.id)) == fatal
        if deaths < fatal:
            return


@pytest.mark.usefixtures("parts")
async def test_two_workers_with_the_same_enrolment_count_each_contact_once(engine: Engine) -> None:
    await engine.publish(WAIT, re_entry="always")
    contacts = [await engine.contact() for _ in range(5)]
    begun = await engine.enrol()
    await engine.put(a_job("workflow.enrol", event=an_event("timer.due", record=f"enrolment:{begun.id}")))
    await engine.work()
    told = await engine.enrolment(begun)
    assert (told.state, told.looked_at, told.entered) == ("done", 5, 5)
    assert [len(await engine.runs_of(contact.id)) for contact in contacts] == [1] * 5


async def test_unpublishing_stops_an_enrolment(engine: Engine) -> None:
    await engine.publish(WAIT)
    contact = await engine.contact()
    begun = await engine.enrol()
    await engine.change_workflow(is_published=False)
    await engine.work()
    told = await engine.enrolment(begun)
    assert (told.state, told.looked_at, told.ended_at) == ("stopped", 0, engine.clock())
    assert await engine.runs_of(contact.id) == []


async def test_an_enrolment_expires(engine: Engine) -> None:
    await engine.publish(WAIT)
    begun = await engine.enrol()
    await engine.work()
    keys = engine.store.keys(WORKSPACE)
    for key in (keys.enrolment(begun.id), keys.enrolments(WORKFLOW)):
        assert 0 < await engine.store.client.ttl(key) <= 30 * 86_400
