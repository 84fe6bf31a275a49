"""Random workflows and events: the engine's histories are those of a plain model."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.workflows.steps import all_steps
from tests.support.sizes import size
from tests.support.store.actions import the_link
from tests.support.workflows.engine import LINK, MAIL
from tests.support.workflows.plain_engine import HOUR, Happening, PlainRun

if TYPE_CHECKING:
    from admitone.domain.workflows.run import Run
    from admitone.domain.workflows.workflow import Published
    from tests.support.workflows.engine import Engine

CASES = size(400, 12)
HOURS = 60
TAGS = ["red", "green"]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(CASES))
async def test_the_engine_does_what_the_model_says(engine: Engine, seed: int) -> None:
    rnd = random.Random(seed)
    steps = _steps(rnd, depth=0)
    mode = rnd.choice(["own", "any", None])
    hours = sorted(rnd.sample(range(1, HOURS), 4))
    happenings = [
        Happening(engine.clock() + hour * HOUR - HOUR // 2, rnd.choice(["opened", "booked"]))
        for hour in hours
    ]
    published = await engine.publish(*steps, stop_on_booking=mode)
    contact = await engine.contact()
    begun = engine.clock()
    run = await engine.entered(contact)
    for happening in happenings:
        run = await _until(engine, run, happening.at)
        await _happen(engine, run, happening.kind)
    run = await _until(engine, run, begun + HOURS * HOUR)
    model = PlainRun(mode, begun, happenings).run(steps, engine.clock())
    assert _history(published, run) == model.history
    assert (run.status, run.why) == (model.status, model.why)
    assert set((await engine.contact_now(contact)).tags) == model.tags
    assert (len(run.links), len(await engine.mail.kept())) == (model.links, model.mails)


def _steps(rnd: random.Random, *, depth: int, prefix: str = "s") -> list[dict[str, Any]]:
    return [_step(rnd, f"{prefix}{number}", depth) for number in range(rnd.randint(1, 4))]


def _step(rnd: random.Random, step: str, depth: int) -> dict[str, Any]:
    kinds = ["link", "mail", "tags", "tags", "wait", "wait", "wait_link"]
    kinds += [*(["if", "if"] if depth < 2 else []), *(["stop"] if depth else [])]
    kind = rnd.choice(kinds)
    if kind == "if":
        return _branch(rnd, step, depth)
    fixed: dict[str, Any] = {
        "link": LINK,
        "mail": MAIL | {"text": "Hello"},
        "tags": {"kind": rnd.choice(["add_tags", "remove_tags"]), "tags": [rnd.choice(TAGS)]},
        "wait": {"kind": "wait", "for": {"hours": rnd.randint(1, 30)}},
        "wait_link": {
            "kind": "wait",
            "link": rnd.choice(["opened", "booked"]),
            "timeout": {"hours": rnd.randint(1, 30)},
        },
        "stop": {"kind": "stop"},
    }
    found: dict[str, Any] = fixed[kind] | {"id": step}
    return found


def _branch(rnd: random.Random, step: str, depth: int) -> dict[str, Any]:
    about, value = rnd.choice(
        [("contact.tags", rnd.choice(TAGS)), ("link", rnd.choice(["opened", "booked"]))]
    )
    return {
        "id": step,
        "kind": "if",
        "when": {"conditions": [{"about": about, "is": "is", "value": value}]},
        "then": _steps(rnd, depth=depth + 1, prefix=f"{step}t"),
        "else": _steps(rnd, depth=depth + 1, prefix=f"{step}e") if rnd.random() < 0.7 else [],
    }


async def _until(engine: Engine, run: Run, at: int) -> Run:
    """Let time pass as far as `at`, with a stop at each time at which the run goes on."""
    run = await engine.again(run)
    while run.status == "waiting" and run.until is not None and run.until <= at:
        await engine.later(seconds=run.until - engine.clock())
        run = await engine.again(run)
    await engine.later(seconds=at - engine.clock())
    return await engine.again(run)


async def _happen(engine: Engine, run: Run, kind: str) -> None:
    """Somebody opens the run's newest link, or books by it, if it can be booked."""
    if run.newest_link is None:
        return
    link = await the_link(engine.store, run.newest_link)
    if kind == "opened":
        await engine.open(link.id)
    elif not link.booked:
        await engine.book(link.id, start=engine.clock() + 90 * 24 * HOUR)
    await engine.work()


def _history(published: Published, run: Run) -> list[tuple[str, str, str]]:
    steps = list(all_steps(published.body.steps))
    return [(steps[entry.position].id, entry.status, entry.why) for entry in run.history]
