"""Which jobs bring a host's calendar and their bookings together again, and how they are put in."""

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
    """Write all bookings of a user's that are to come into their calendar, and do what waited for them."""
    return Timer("calendar.catch_up", "record", USER + user, at)


def sync_timer(user: str, at: int) -> Timer:
    """Read what the user changed in the calendar that bookings are written to."""
    return Timer("calendar.sync", "record", USER + user, at)


def write_timer(booking: str, at: int) -> Timer:
    """Make the event of a booking what the booking is."""
    return Timer("calendar.write", "booking", booking, at)


def user_of(event: Event) -> str | None:
    """The user of a job that one of these timers made; None for other jobs."""
    record = event.record or ""
    return record.removeprefix(USER) if record.startswith(USER) else None


async def run_soon(services: Services, workspace: str, timers: Iterable[Timer]) -> None:
    """Run these when they are due, each once, however often it is asked for until then."""
    await put_in(services.store, workspace, [], [(timer.text(workspace), timer.at) for timer in timers])


async def catch_up_soon(services: Services, workspace: str, user: str) -> None:
    """After a user has seen to their Google account: do what could not be done before."""
    await run_soon(services, workspace, [catch_up_timer(user, services.now())])
