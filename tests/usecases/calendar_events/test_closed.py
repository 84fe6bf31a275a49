"""A calendar that Google deleted, or closed to us: another is chosen, and what waited is written there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.domain.jobs.job import JobFailed
from admitone.google.scopes import SCOPES
from admitone.store.outbox.parked import list_parked
from admitone.store.records.google_connections import read_connection
from admitone.usecases.calendar_events.calendar_timers import catch_up_soon
from admitone.usecases.calendar_events.calendar_unwritable import CHOOSE, READ_ONLY
from admitone.usecases.google.calendar_choose import CalendarChoice, choose_calendars
from admitone.usecases.google.google_view import view_google
from tests.support.calendar_events.desk import ADA, DAY, NOW
from tests.support.factories import WORKSPACE
from tests.support.worker.working import work_off

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services
    from tests.support.calendar_events.desk import Desk

OTHER = f"c_{ADA.replace('@', '.')}@group.calendar.google.com"


async def choose(desk: Desk, calendar: str) -> None:
    """What the host does about it."""
    choice = CalendarChoice(blocking=["primary"], writing=calendar)
    await choose_calendars(desk.services, WORKSPACE, "user", choice)


async def must_choose(desk: Desk) -> bool:
    """Whether the host is asked to."""
    return (await view_google(desk.services, WORKSPACE, "user")).needs_calendar


async def causes(desk: Desk) -> list[str]:
    """Why jobs are parked."""
    return [one.cause for one in await list_parked(desk.store, WORKSPACE, 0, 100)]


@pytest.mark.parametrize("is_followed", [False, True])
async def test_what_was_in_a_deleted_calendar_is_written_into_the_next(
    desk: Desk, *, is_followed: bool
) -> None:
    await desk.connect(writing=OTHER)
    await desk.switch_sync(on=is_followed)
    kept, moved, cancelled = [await desk.book(start=NOW + days * DAY) for days in (1, 2, 3)]
    await desk.work()
    del desk.google.state.data.calendars[OTHER]
    await desk.move(moved.id, NOW + 5 * DAY)
    await desk.cancel(cancelled.id)
    new = await desk.book(start=NOW + 6 * DAY)
    await desk.work(hours=1)
    assert await causes(desk) == [CHOOSE] * 2
    assert await must_choose(desk)
    await choose(desk, "primary")
    assert not await must_choose(desk)
    await desk.work(hours=2)
    await desk.check(kept.id, moved.id, new.id)
    assert await causes(desk) == []
    assert (await desk.booking(moved.id)).join_url == desk.event(moved)["hangoutLink"]
    assert (await desk.booking(cancelled.id)).status == "cancelled"
    await desk.cancel(kept.id)
    await desk.work()
    await desk.check(moved.id, new.id)


async def test_reading_a_deleted_calendar_tells_of_it_and_cancels_nothing(desk: Desk) -> None:
    await desk.connect(writing=OTHER)
    await desk.switch_sync(on=True)
    booking = await desk.book()
    await desk.work()
    del desk.google.state.data.calendars[OTHER]
    assert await desk.sync()
    assert await must_choose(desk)
    assert (await desk.booking(booking.id)).status == "scheduled"


async def test_in_a_calendar_that_may_only_be_read_written_events_stay(desk: Desk) -> None:
    """There would be two of them otherwise."""
    await desk.connect(writing=OTHER)
    written = await desk.book()
    await desk.work()
    calendar = desk.google.state.data.calendars[OTHER]
    calendar.owner, calendar.others[ADA] = "", "reader"
    waiting = await desk.book(start=NOW + 2 * DAY)
    await desk.work()
    assert await causes(desk) == [CHOOSE]
    await choose(desk, "primary")
    await desk.work()
    await desk.check(waiting.id)
    assert await causes(desk) == []
    await desk.move(written.id, NOW + 3 * DAY)
    await desk.work()
    assert await causes(desk) == ["Google refused: requiredAccessLevel (403)."]


async def test_an_event_that_was_inserted_unanswered_is_not_inserted_elsewhere(desk: Desk) -> None:
    await desk.connect(writing=OTHER)
    booking = await desk.book()
    await desk.google.fault("calendar.events.insert", "work_done_answer_lost")
    await desk.work()
    calendar = desk.google.state.data.calendars[OTHER]
    assert len(calendar.events) == 1
    calendar.owner, calendar.others[ADA] = "", "reader"
    await choose(desk, "primary")
    desk.clock.forward(hours=1)
    await desk.work()
    assert set(await causes(desk)) == {READ_ONLY}
    assert not desk.is_written(booking)


async def test_choosing_the_same_calendar_again_tries_it_again(desk: Desk) -> None:
    await desk.connect(writing=OTHER)
    calendar = desk.google.state.data.calendars.pop(OTHER)
    booking = await desk.book()
    await desk.work()
    assert await must_choose(desk)
    desk.google.state.data.calendars[OTHER] = calendar
    await choose(desk, OTHER)
    await desk.work()
    assert not await must_choose(desk)
    assert len(calendar.events) == 1
    assert await causes(desk) == []
    assert (await desk.booking(booking.id)).join_url


@pytest.mark.parametrize("what", ["reconnects", "chooses"])
async def test_a_job_that_is_parked_just_after_its_cause_was_mended_is_not_left(
    desk: Desk, what: str
) -> None:
    """Whoever mended it released what was parked before, and cannot have seen this one."""
    did: list[Job] = []

    async def act(_: Services, job: Job) -> None:
        did.append(job)
        if len(did) == 1:
            await (desk.connect() if what == "reconnects" else choose(desk, "primary"))
            raise JobFailed("It was so a moment ago.", "user")

    if what == "chooses":
        await desk.connect(writing=OTHER)
    await desk.book()
    worker = desk.worker(jobs={**OTHERS, "calendar.write": act})
    await work_off(worker)
    await worker.close()
    assert len(did) == 2
    assert await causes(desk) == []


async def _nothing(_: Services, __: Job) -> None:
    """No business of this test's."""


OTHERS = dict.fromkeys(
    ("mail.customer", "mail.hosts", "booking.complete", "calendar.catch_up", "calendar.watch"), _nothing
)


async def test_what_one_host_mends_lets_nobody_elses_jobs_go(desk: Desk) -> None:
    await desk.connect()
    await desk.book()
    await desk.google.control("revoke", account=ADA)
    await desk.work()
    assert len(await causes(desk)) == 1
    await desk.connect("max", "member@acme.test", scopes=list(SCOPES["calendar"]))
    await catch_up_soon(desk.services, WORKSPACE, "max")
    await desk.work()
    assert len(await causes(desk)) == 1
    connection = await read_connection(desk.store, WORKSPACE, "user")
    assert connection
    assert connection.needs_reconnect
