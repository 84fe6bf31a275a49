"""Timers of the jobs that bring a host's calendar and bookings in line, and how they are put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.jobs.job import Timer
from admitone.store.outbox.outbox import put_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.event import Event
    from admitone.usecases.shared.services import Services

USER = "user:"


def catch_up_timer(user: str, at: int) -> Timer:
    """Write a user's future bookings into their calendar, and retry what waited for the user."""
    return Timer("calendar.catch_up", "record", USER + user, at)


def sync_timer(user: str, at: int) -> Timer:
    """Read what the user changed in the calendar that bookings are written to."""
    return Timer("calendar.sync", "record", USER + user, at)


def write_timer(booking: str, at: int) -> Timer:
    """Write the event of a booking as the booking is now."""
    return Timer("calendar.write", "booking", booking, at)


def user_of(event: Event) -> str | None:
    """The user of a job that one of these timers started; None for other jobs."""
    record = event.record or ""
    return record.removeprefix(USER) if record.startswith(USER) else None


async def run_soon(services: Services, workspace: str, timers: Iterable[Timer]) -> None:
    """Put the timers in. Each runs once when it is due, even if it was put in several times."""
    await put_in(services.store, workspace, [], [(timer.text(workspace), timer.at) for timer in timers])


async def catch_up_soon(services: Services, workspace: str, user: str) -> None:
    """The user reconnected Google or chose a calendar: put in the jobs that do what waited for it."""
    now = services.now()
    retry = Timer("workflow.retry", "record", USER + user, now)
    await run_soon(services, workspace, [catch_up_timer(user, now), retry])
