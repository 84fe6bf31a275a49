"""Nothing of a deleted workflow's runs stays in Redis, whoever enters or dies meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.usecases.runs import runs_forget
from admitone.usecases.runs.enter import Entering, enter
from tests.support.factories import NOW, WORKSPACE
from tests.support.store.actions import read
from tests.support.workflows.engine import LINK, MAIL, trigger

if TYPE_CHECKING:
    from admitone.domain.workflows.workflow import Published
    from tests.support.workflows.engine import Engine

GONE = "thegoneone"
"""The id of the workflow, which no other text contains."""
WAIT: dict[str, Any] = {"id": "wait", "kind": "wait", "for": {"days": 30}}
BROKEN: dict[str, Any] = {"id": "call", "kind": "call_webhook", "webhook": "none"}
AROUND: dict[str, Any] = {"id": "around", "kind": "wait", "booking": {"after": 60}}


@pytest.fixture(autouse=True)
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs are forgotten at a time."""
    monkeypatch.setattr(runs_forget, "AT_ONCE", 2)


async def left(engine: Engine) -> list[str]:
    """The keys that belong to a run, or that name the workflow in their name or in what they hold."""
    client: Any = engine.store.client
    keys = engine.store.keys(WORKSPACE)
    found = []
    async for key in client.scan_iter(count=1000):
        name = key.decode()
        is_run = name.startswith(keys.run("")) or name.endswith(":runs")
        is_contact = name.startswith(keys.contact("")) and await client.hexists(key, f"w:{GONE}")
        if is_run or is_contact or GONE in name:
            found.append(name)
    return found + [job.decode() for job in await client.zrange(keys.delayed, 0, -1) if GONE.encode() in job]


async def late(engine: Engine, published: Published) -> None:
    """A contact enters by what a job read before the workflow was deleted."""
    entering = Entering(published=published, cause="late")
    await enter(engine.mail.services, await read(engine.store), entering, (await engine.contact()).id)


async def test_nothing_of_its_runs_stays(engine: Engine) -> None:
    await engine.publish(BROKEN, workflow=GONE)
    await engine.entered(await engine.contact(), GONE)
    await engine.publish(LINK, WAIT, workflow=GONE, re_entry="always")
    again = await engine.contact()
    for cause in ("first", "second"):
        await engine.enter(again, GONE, cause=cause)
    await engine.publish(AROUND, workflow=GONE, stop_on_booking=None)
    booking = await engine.book(None)
    await engine.entered(await engine.contact(), GONE, booking=booking.id)
    await engine.publish(MAIL | {"text": "Hello"}, workflow=GONE)
    for _ in range(25):
        await engine.enter(await engine.contact(), GONE)
    await engine.work()
    assert len(await left(engine)) > 30
    await engine.delete(GONE)
    await engine.work()
    assert await left(engine) == []
    await engine.later(days=40)
    assert await left(engine) == []


async def test_nothing_stays_of_a_workflow_that_looks_for_links(engine: Engine) -> None:
    kind = trigger("link.not_booked", days=3)
    await engine.publish(WAIT, workflow=GONE, trigger=kind)
    await engine.work()
    assert await left(engine) != []
    await engine.delete(GONE)
    await engine.work()
    assert await left(engine) == []


@pytest.mark.parametrize("step", [WAIT, MAIL | {"text": "Hello"}], ids=["at once", "queued"])
async def test_whoever_enters_while_it_is_deleted_is_forgotten(engine: Engine, step: dict[str, Any]) -> None:
    published = await engine.publish(step, workflow=GONE)
    await engine.delete(GONE)
    await engine.work()
    await late(engine, published)
    assert await left(engine) != []
    await engine.work()
    assert await left(engine) == []


async def test_the_runs_of_other_workflows_stay(engine: Engine) -> None:
    await engine.publish(WAIT)
    await engine.publish(WAIT, workflow=GONE)
    contact = await engine.contact()
    run = await engine.entered(contact)
    await engine.entered(contact, GONE)
    await engine.delete(GONE)
    await engine.work()
    assert (await engine.run_of(contact)).id == run.id
    assert [one.workflow for one in await engine.runs_of(contact.id)] == [run.workflow]
    assert run.entered_at == NOW
