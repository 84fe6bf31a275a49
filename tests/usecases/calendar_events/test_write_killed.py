"""A worker is killed at a call of Google's: before it was done, after, or before it is done late."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.support.factories import DAY, NOW
from tests.support.fakegoogle.running import until

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from tests.support.calendar_events.host_with_calendar import HostWithCalendar

KINDS = {"never done": "timeout", "done": "work_done_timeout", "done late": "slow"}
BEFORE = ["", "move", "cancel"]
AFTER = ["", "move", "cancel", "move cancel"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("after", AFTER)
async def test_the_calendar_agrees_in_the_end(
    host: HostWithCalendar, kind: str, before: str, after: str
) -> None:
    """The booking changes before the worker that is killed, and after it; each call in turn is its last."""
    await host.connect()
    bookings = []
    for call in range(1, 5):
        booking = await host.book(start=NOW + call * 10 * DAY)
        bookings.append(booking.id)
        if before:
            await host.write(booking.id)
        await _change(host, booking, before)
        was_killed = await _kill_at(host, booking.id, call, KINDS[kind])
        await _change(host, booking, after)
        await host.settle(booking.id)
        await host.google.control("release")
        if not was_killed:
            break
    await until(lambda: host.google.state.faults.held == 0)
    await host.services.google.close() if host.services.google else None
    await host.check(*bookings)


async def _change(host: HostWithCalendar, booking: Booking, changes: str) -> None:
    for days, change in enumerate(changes.split(), start=1):
        now = await host.booking(booking.id)
        if now.status == "cancelled":
            continue
        await (
            host.cancel(booking.id) if change == "cancel" else host.move(booking.id, now.start + days * DAY)
        )


async def _kill_at(host: HostWithCalendar, booking: str, call: int, kind: str) -> bool:
    """Kill the job at its call of that number, which nobody answers; False where it did not get so far."""
    faults = host.google.state.faults
    passed = call - 1
    if passed:
        await host.google.fault("calendar.events.*", "slow", times=passed, delay=0)
    await host.google.fault("calendar.events.*", kind)
    job = asyncio.create_task(host.write(booking))
    await until(lambda: job.done() or (faults.held == 1 and not faults.waiting))
    if job.done():
        await job
        faults.clear()
        return False
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)
    return True
