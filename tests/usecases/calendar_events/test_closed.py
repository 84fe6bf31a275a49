"""A calendar that Google deleted, or closed to us: another is chosen, and what waited is written there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.domain.jobs.job import JobFailed
from admitone.google.scopes import SCOPES
from admitone.store.records.credentials.google_connections import read_connection
from admitone.usecases.calendar_events.calendar_timers import catch_up_soon
from admitone.usecases.calendar_events.calendar_unwritable import CHOOSE, READ_ONLY
from admitone.usecases.google.calendar_choose import CalendarChoice, choose_calendars
from admitone.usecases.google.google_view import view_google
from tests.support.factories import DAY, NOW, WORKSPACE
from tests.support.google.api_client import ADA
from tests.support.worker.parked_jobs import parked_jobs
from tests.support.worker.workers import work_off

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services
    from tests.support.calendar_events.host_with_calendar import HostWithCalendar

OTHER = f"c_{ADA.replace('@', '.')}@group.calendar.google.com"


async def choose(host: HostWithCalendar, calendar: str) -> None:
    """What the host does about it."""
    choice = CalendarChoice(blocking=["primary"], writing=calendar)
    await choose_calendars(host.services, WORKSPACE, "user", choice)


async def must_choose(host: HostWithCalendar) -> bool:
    """Whether the host is asked to."""
    return (await view_google(host.services, WORKSPACE, "user")).needs_calendar


async def causes(host: HostWithCalendar) -> list[str]:
    """Why jobs are parked."""
    return [one.cause for one in await parked_jobs(host.store)]


@pytest.mark.parametrize("is_followed", [False, True])
async def test_what_was_in_a_deleted_calendar_is_written_into_the_next(
    host: HostWithCalendar, *, is_followed: bool
) -> None:
    await host.connect(writing=OTHER)
    await host.switch_sync(on=is_followed)
    kept, moved, cancelled = [await host.book(start=NOW + days * DAY) for days in (1, 2, 3)]
    await host.work()
    del host.google.state.data.calendars[OTHER]
    await host.move(moved.id, NOW + 5 * DAY)
    await host.cancel(cancelled.id)
    new = await host.book(start=NOW + 6 * DAY)
    await host.work(hours=1)
    assert await causes(host) == [CHOOSE] * 2
    assert await must_choose(host)
    await choose(host, "primary")
    assert not await must_choose(host)
    await host.work(hours=2)
    await host.check(kept.id, moved.id, new.id)
    assert await causes(host) == []
    assert (await host.booking(moved.id)).join_url == host.event(moved)["hangoutLink"]
    assert (await host.booking(cancelled.id)).status == "cancelled"
    await host.cancel(kept.id)
    await host.work()
    await host.check(moved.id, new.id)


async def test_reading_a_deleted_calendar_tells_of_it_and_cancels_nothing(host: HostWithCalendar) -> None:
    await host.connect(writing=OTHER)
    await host.switch_sync(on=True)
    booking = await host.book()
    await host.work()
    del host.google.state.data.calendars[OTHER]
    assert await host.sync()
    assert await must_choose(host)
    assert (await host.booking(booking.id)).status == "scheduled"


async def test_in_a_calendar_that_may_only_be_read_written_events_stay(host: HostWithCalendar) -> None:
    """There would be two of them otherwise."""
    await host.connect(writing=OTHER)
    written = await host.book()
    await host.work()
    calendar = host.google.state.data.calendars[OTHER]
    calendar.owner, calendar.others[ADA] = "", "reader"
    waiting = await host.book(start=NOW + 2 * DAY)
    await host.work()
    assert await causes(host) == [CHOOSE]
    await choose(host, "primary")
    await host.work()
    await host.check(waiting.id)
    assert await causes(host) == []
    await host.move(written.id, NOW + 3 * DAY)
    await host.work()
    assert await causes(host) == ["Google refused: requiredAccessLevel (403)."]


async def test_an_event_that_was_inserted_unanswered_is_not_inserted_elsewhere(
    host: HostWithCalendar,
) -> None:
    await host.connect(writing=OTHER)
    booking = await host.book()
    await host.google.fault("calendar.events.insert", "work_done_answer_lost")
    await host.work()
    calendar = host.google.state.data.calendars[OTHER]
    assert len(calendar.events) == 1
    calendar.owner, calendar.others[ADA] = "", "reader"
    await choose(host, "primary")
    host.clock.forward(hours=1)
    await host.work()
    assert set(await causes(host)) == {READ_ONLY}
    assert not host.is_written(booking)


async def test_choosing_the_same_calendar_again_tries_it_again(host: HostWithCalendar) -> None:
    await host.connect(writing=OTHER)
    calendar = host.google.state.data.calendars.pop(OTHER)
    booking = await host.book()
    await host.work()
    assert await must_choose(host)
    host.google.state.data.calendars[OTHER] = calendar
    await choose(host, OTHER)
    await host.work()
    assert not await must_choose(host)
    assert len(calendar.events) == 1
    assert await causes(host) == []
    assert (await host.booking(booking.id)).join_url


@pytest.mark.parametrize("what", ["reconnects", "chooses"])
async def test_a_job_that_is_parked_just_after_its_cause_was_mended_is_not_left(
    host: HostWithCalendar, what: str
) -> None:
    """Whoever mended it released what was parked before, and cannot have seen this one."""
    did: list[Job] = []

    async def act(_: Services, job: Job) -> None:
        did.append(job)
        if len(did) == 1:
            await (host.connect() if what == "reconnects" else choose(host, "primary"))
            raise JobFailed("It was so a moment ago.", "user")

    await host.connect(**({"writing": OTHER} if what == "chooses" else {"needs_reconnect": True}))
    await host.book()
    worker = host.worker(jobs={**OTHERS, "calendar.write": act})
    await work_off(worker)
    await worker.close()
    assert len(did) == 2
    assert await causes(host) == []


async def _nothing(_: Services, __: Job) -> None:
    """No business of this test's."""


OTHERS = dict.fromkeys(
    ("mail.customer", "mail.hosts", "booking.complete", "calendar.catch_up", "calendar.watch"), _nothing
)


async def test_what_one_host_mends_lets_nobody_elses_jobs_go(host: HostWithCalendar) -> None:
    await host.connect()
    await host.book()
    await host.google.control("revoke", account=ADA)
    await host.work()
    assert len(await causes(host)) == 1
    await host.connect("max", "member@acme.test", scopes=list(SCOPES["calendar"]))
    await catch_up_soon(host.services, WORKSPACE, "max")
    await host.work()
    assert len(await causes(host)) == 1
    connection = await read_connection(host.store, WORKSPACE, "user")
    assert connection
    assert connection.needs_reconnect
