"""A worker is killed at a call of Google's: before it was done, after, or before it is done late."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.support.calendar_events.desk import DAY, NOW
from tests.support.fakegoogle.running import until

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from tests.support.calendar_events.desk import Desk

KINDS = {"never done": "timeout", "done": "work_done_timeout", "done late": "slow"}
BEFORE = ["", "move", "cancel"]
AFTER = ["", "move", "cancel", "move cancel"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("after", AFTER)
async def test_the_calendar_agrees_in_the_end(desk: Desk, kind: str, before: str, after: str) -> None:
    """The booking changes before the worker that is killed, and after it; each call in turn is its last."""
    await desk.connect()
    bookings = []
    for call in range(1, 5):
        booking = await desk.book(start=NOW + call * 10 * DAY)
        bookings.append(booking.id)
        if before:
            await desk.write(booking.id)
        await _change(desk, booking, before)
        was_killed = await _kill_at(desk, booking.id, call, KINDS[kind])
        await _change(desk, booking, after)
        await desk.settle(booking.id)
        await desk.google.control("release")
        if not was_killed:
            break
    await until(lambda: desk.google.state.faults.held == 0)
    await desk.services.google.close() if desk.services.google else None
    await desk.check(*bookings)


async def _change(desk: Desk, booking: Booking, changes: str) -> None:
    for days, change in enumerate(changes.split(), start=1):
        now = await desk.booking(booking.id)
        if now.status == "cancelled":
            continue
        await (
            desk.cancel(booking.id) if change == "cancel" else desk.move(booking.id, now.start + days * DAY)
        )


async def _kill_at(desk: Desk, booking: str, call: int, kind: str) -> bool:
    """Kill the job at its call of that number, which nobody answers; False where it did not get so far."""
    faults = desk.google.state.faults
    passed = call - 1
    if passed:
        await desk.google.fault("calendar.events.*", "slow", times=passed, delay=0)
    await desk.google.fault("calendar.events.*", kind)
    job = asyncio.create_task(desk.write(booking))
    await until(lambda: job.done() or (faults.held == 1 and not faults.waiting))
    if job.done():
        await job
        faults.clear()
        return False
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)
    return True
