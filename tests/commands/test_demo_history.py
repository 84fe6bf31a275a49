"""`admitone demo --bookings N`: a year of bookings, each once, whatever stops it in between."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from admitone.commands.demo_history import seed
from admitone.commands.demo_history.seed import seed_history
from admitone.commands.demo_history.steps import Kind, steps_of
from admitone.commands.demo_history.story import (
    DAYS_AHEAD,
    DAYS_BACK,
    HOUR,
    MOST,
    PAGES,
    POOL,
    story,
    year_around,
)
from admitone.commands.demo_history.write import Writer
from admitone.commands.demo_seed import Demo, seed_demo
from admitone.domain.reports.day_range import DayRange
from admitone.store.records.reports.sums import sum_by_key
from tests.support.factories import NOW
from tests.support.invariants import check_invariants
from tests.support.personal_data.marked import services_of, work
from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.commands.demo_history.steps import Step
    from admitone.commands.demo_history.story import Story
    from tests.support.api.deployment import Deployment
    from tests.support.raw_database import Workspace

YEAR = year_around(NOW)
SOME = 40


@pytest.fixture
async def demo(deployment: Deployment) -> Demo:
    """The demo, with a worker: the outbox is no list of all that happened."""
    demo = await seed_demo(services_of(deployment))
    await work(deployment)
    return demo


async def the_workspace(at: Deployment) -> Workspace:
    """All that the demo's workspace holds; the invariants hold."""
    assert await check_invariants(at.store.client) == []
    [found] = await read_workspaces(at.store.client)
    return found


def test_stories_never_meet() -> None:
    hours: Counter[tuple[int, int]] = Counter()
    for number in range(0, MOST, 7):
        told = story(YEAR, number)
        starts = {told.start // HOUR, told.moved[1] // HOUR if told.moved else told.start // HOUR}
        hours.update((told.page, start) for start in starts)
    assert {count for (page, _), count in hours.items() if page < PAGES} == {1}
    assert max(count for (page, _), count in hours.items() if page == PAGES) <= POOL


def test_every_step_comes_after_what_it_needs_and_not_in_the_future() -> None:
    order = [Kind.MAKE, Kind.FETCH, Kind.OPEN, Kind.BOOK, Kind.MOVE, Kind.COMPLETE, Kind.NO_SHOW]
    steps = steps_of(YEAR, [story(YEAR, number) for number in range(500)])
    assert {kind for _, kind, _, _ in steps} == set(Kind)
    assert steps == sorted(steps)
    assert steps[-1][0] <= YEAR.now
    for number in range(500):
        own = [kind for _, kind, of, place in steps if (of, place) == (number, 0) and kind in order]
        assert own == sorted(own, key=order.index)


async def test_it_seeds_all_that_was_asked_for_and_leaves_no_work(deployment: Deployment, demo: Demo) -> None:
    await seed_history(services_of(deployment), demo, SOME)
    found = await the_workspace(deployment)
    bookings, links = found.records("booking"), found.records("link")
    assert (len(bookings), len(links)) == (SOME, 2 * SOME)
    assert {booking["status"] for booking in bookings.values()} >= {"scheduled", "rescheduled", "cancelled"}
    assert len({booking["page"] for booking in bookings.values()}) > SOME // 2
    assert {event["type"].partition(".")[0] for event in found.jobs.events} <= {"config", "workspace"}
    ahead = [one for one in bookings.values() if one["status"] != "cancelled" and int(one["end"]) > YEAR.now]
    delayed = deployment.store.keys(demo.workspace).delayed
    timers = [str(timer) async for timer, _ in deployment.store.client.zscan_iter(delayed)]
    assert len([timer for timer in timers if "booking.complete " in timer]) == len(ahead) > 0


async def test_reports_count_what_was_seeded(deployment: Deployment, demo: Demo) -> None:
    await seed_history(services_of(deployment), demo, SOME)
    today = datetime.fromtimestamp(NOW, UTC).date()
    days = DayRange(today - timedelta(2 * DAYS_BACK), today + timedelta(DAYS_AHEAD))
    figures = Counter((await sum_by_key(deployment.store, demo.workspace, "total", days))[""])
    found = await the_workspace(deployment)
    bookings, links = found.records("booking").values(), found.records("link").values()
    assert (figures["made"], figures["scheduled"]) == (2 * SOME, SOME)
    assert figures["opened"] == len([link for link in links if "opened" in link]) > 0
    assert figures["booked"] == len([link for link in links if "booked" in link]) > 0
    assert figures["no_show"] == len([one for one in bookings if one["status"] == "no_show"])
    cancelled = len([one for one in bookings if one["status"] == "cancelled"])
    assert figures["cancelled"] + figures["cancelled_after_start"] == cancelled > 0


async def test_a_second_run_adds_only_what_is_missing(deployment: Deployment, demo: Demo) -> None:
    services = services_of(deployment)
    await seed_history(services, demo, 10)
    before = await the_workspace(deployment)
    deployment.clock.forward(days=3)
    await seed_history(services, demo, 10)
    assert await the_workspace(deployment) == before
    await seed_history(services, demo, 15)
    after = await the_workspace(deployment)
    assert len(after.records("booking")) == 15
    assert before.records("booking").items() <= after.records("booking").items()


async def test_it_goes_on_where_it_was_stopped(
    deployment: Deployment, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, write = services_of(deployment), Writer.write
    monkeypatch.setattr(seed, "WINDOW", 20)
    windows = 0

    async def stopped(writer: Writer, steps: Sequence[Step], told: Mapping[int, Story]) -> None:
        nonlocal windows
        windows += 1
        await write(writer, steps, told)
        if windows == 7:
            raise asyncio.CancelledError  # written, and not noted yet

    monkeypatch.setattr(Writer, "write", stopped)
    with pytest.raises(asyncio.CancelledError):
        await seed_history(services, demo, SOME)
    deployment.clock.forward(days=1)
    await seed_history(services, demo, SOME)
    found = await the_workspace(deployment)
    assert (len(found.records("booking")), len(found.records("link"))) == (SOME, 2 * SOME)
    moved = [one for one in found.records("booking").values() if one["status"] == "rescheduled"]
    assert {one["reschedules"] for one in moved} == {"1"}
