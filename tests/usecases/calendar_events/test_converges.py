"""Whatever customers, hosts, Google and workers do, in whatever order: the calendar shows the bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from admitone.domain.bookings.booking import LIVE
from admitone.domain.errors import SlotTaken
from admitone.usecases.calendar_events.calendar_timers import run_soon, sync_timer
from tests.support.factories import DAY, NOW, WORKSPACE
from tests.support.sizes import size
from tests.support.store.actions import empty

if TYPE_CHECKING:
    from tests.support.calendar_events.host_with_calendar import HostWithCalendar

WHICH = st.integers(0, 7)
SLOT = st.integers(0, 5)  # few, so that they are in each other's way
KINDS = ["429", "500", "timeout", "work_done_answer_lost", "work_done_timeout", "garbage"]
METHODS = ["insert", "get", "patch", "delete", "list", "*"]
STEPS = st.one_of(
    st.tuples(st.just("book"), SLOT),
    st.tuples(st.sampled_from(["move", "drag"]), WHICH, SLOT),
    st.tuples(st.sampled_from(["cancel", "delete"]), WHICH),
    st.tuples(st.just("fault"), st.sampled_from(METHODS), st.sampled_from(KINDS), st.integers(1, 3)),
    st.tuples(st.just("work"), st.integers(1, 6)),
    st.tuples(st.sampled_from(["read", "later"])),
)
HOURS = 4
"""After which all is done that was put off by the faults of one run."""


@pytest.mark.soak
@settings(
    max_examples=size(300, 10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(STEPS, min_size=4, max_size=25))
async def test_the_calendar_shows_the_bookings_in_the_end(
    host: HostWithCalendar, steps: list[tuple[Any, ...]]
) -> None:
    await _begin(host)
    worker = host.worker()
    bookings: list[str] = []
    for kind, *more in steps:
        if kind == "work":
            for _ in range(more[0]):
                await worker.step()
        elif kind == "book":
            await _book(host, bookings, more[0])
        elif kind in {"read", "later"}:
            host.clock.forward(minutes=kind == "later")
            await run_soon(host.services, WORKSPACE, [sync_timer("user", NOW)])
        elif kind == "fault":
            method, fault, times = more
            await host.google.fault(f"calendar.events.{method}", fault, times=times, delay=0)
        elif bookings:
            await _change(host, bookings[more[0] % len(bookings)], kind, *more[1:])
    host.google.state.faults.clear()
    await worker.close()
    await host.work(hours=HOURS)
    await host.check(*bookings)


async def _begin(host: HostWithCalendar) -> None:
    await empty(host.store)
    await host.google.control("reset")
    host.clock.now = NOW
    await host.put_page()
    await host.connect()
    await host.switch_sync(on=True)


async def _book(host: HostWithCalendar, bookings: list[str], slot: int) -> None:
    start = NOW + (10 + slot) * DAY
    there = [await host.booking(one) for one in bookings]
    if all(one.status not in LIVE or one.start != start for one in there):
        bookings.append((await host.book(start=start)).id)


async def _change(host: HostWithCalendar, booking: str, kind: str, slot: int = 0) -> None:
    there = await host.booking(booking)
    start = NOW + (10 + slot) * DAY
    if kind in {"drag", "delete"}:
        if host.is_written(there):
            await (host.drag(there, start) if kind == "drag" else host.act(there, "delete"))
    elif there.status in LIVE:
        try:
            await (host.move(booking, start) if kind == "move" else host.cancel(booking))
        except SlotTaken:
            return
