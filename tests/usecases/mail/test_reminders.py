"""Reminders: at their time, of the booking as it is then, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.domain.bookings.booking import EventPlace
from admitone.domain.pages.event_type import MEETING_TO_FOLLOW, Location
from admitone.store.records.bookings import note_event
from tests.support.factories import DAY, HOUR, NOW, WORKSPACE
from tests.support.fakegoogle.running import CALENDAR
from tests.support.mail.workspace_with_mail import text_of, to
from tests.support.store.actions import the_booking

if TYPE_CHECKING:
    from email.message import EmailMessage

    from tests.support.mail.workspace_with_mail import WorkspaceWithMail


async def reminders(workspace: WorkspaceWithMail) -> list[EmailMessage]:
    return [mail for mail in await workspace.kept() if mail["Subject"].startswith("In ")]


async def test_customers_are_reminded_as_often_as_the_workspace_says(workspace: WorkspaceWithMail) -> None:
    await workspace.change("settings", "-", reminders=[1440, 60])
    await workspace.booked(start=NOW + 2 * DAY)
    await workspace.work_through(days=0.9)
    assert await reminders(workspace) == []
    await workspace.work_through(days=0.2)
    [day_before] = await reminders(workspace)
    assert day_before["Subject"] == "In 24 hours: Half an hour with Hanna Host"
    assert to(day_before) == "carla@customer.test"
    await workspace.work_through(days=2)
    _, hour_before = await reminders(workspace)
    assert hour_before["Subject"] == "In 1 hour: Half an hour with Hanna Host"
    assert "It starts in 1 hour." in text_of(hour_before)


async def test_an_event_types_own_reminders_count_instead(workspace: WorkspaceWithMail) -> None:
    await workspace.change("settings", "-", reminders=[1440])
    await workspace.change("event_type", "event-type", reminders=[120])
    await workspace.booked(start=NOW + 2 * DAY)
    await workspace.work_through(days=2)
    assert [mail["Subject"].partition(":")[0] for mail in await reminders(workspace)] == ["In 2 hours"]


async def test_an_event_type_may_want_none(workspace: WorkspaceWithMail) -> None:
    await workspace.change("settings", "-", reminders=[1440])
    await workspace.change("event_type", "event-type", reminders=[])
    await workspace.booked(start=NOW + 2 * DAY)
    await workspace.work_through(days=2)
    assert await reminders(workspace) == []


@pytest.mark.parametrize("by", [DAY, -20 * HOUR])
async def test_a_moved_booking_is_reminded_of_at_its_new_time(workspace: WorkspaceWithMail, by: int) -> None:
    await workspace.change("settings", "-", reminders=[60])
    booking = await workspace.booked(start=NOW + 2 * DAY)
    await workspace.work()
    await workspace.moved(booking, by=by)
    await workspace.work_through(days=(2 * DAY + by) / DAY - 0.1)
    assert await reminders(workspace) == []
    await workspace.work_through(days=0.2)
    [mail] = await reminders(workspace)
    assert mail["Subject"].startswith("In 1 hour")
    await workspace.work_through(days=1.5)
    assert len(await reminders(workspace)) == 1


async def test_who_was_reminded_and_moves_the_booking_is_reminded_again(workspace: WorkspaceWithMail) -> None:
    await workspace.change("settings", "-", reminders=[120])
    booking = await workspace.booked(start=NOW + 3 * HOUR)
    await workspace.work_through(days=0.1)
    assert len(await reminders(workspace)) == 1
    await workspace.moved(booking, by=DAY)
    await workspace.work_through(days=1)
    assert len(await reminders(workspace)) == 2


async def test_a_cancelled_booking_is_not_reminded_of(workspace: WorkspaceWithMail) -> None:
    await workspace.change("settings", "-", reminders=[60])
    booking = await workspace.booked(start=NOW + DAY)
    await workspace.work()
    await workspace.cancelled(booking)
    await workspace.work_through(days=1)
    assert await reminders(workspace) == []


async def test_a_reminder_that_was_taken_out_of_the_settings_is_not_sent(
    workspace: WorkspaceWithMail,
) -> None:
    await workspace.change("settings", "-", reminders=[60])
    await workspace.booked(start=NOW + DAY)
    await workspace.work()
    await workspace.change("settings", "-", reminders=[])
    await workspace.work_through(days=1)
    assert await reminders(workspace) == []


async def test_nobody_is_reminded_of_what_has_begun(workspace: WorkspaceWithMail) -> None:
    await workspace.change("settings", "-", reminders=[60, 1440])
    await workspace.booked(start=NOW + DAY // 2)
    await workspace.work()
    workspace.clock.forward(days=1)
    await workspace.work()
    assert await reminders(workspace) == []


async def test_a_confirmation_waits_a_little_for_the_meet_link(workspace: WorkspaceWithMail) -> None:
    await workspace.connect(f"{CALENDAR}.events")
    booking = await workspace.booked(data={"location": Location("google_meet")})
    await workspace.work()
    assert [to(mail) for mail in await workspace.kept()] == ["hanna@host.test"]
    place = EventPlace(
        assignment=0, user="user", calendar="primary", etag="e", join_url="https://meet.google.com/abc"
    )
    await note_event(workspace.store, WORKSPACE, await the_booking(workspace.store, booking.id), place)
    workspace.clock.forward(minutes=1)
    await workspace.work()
    [_, mail] = await workspace.kept()
    assert "Google Meet\nJoin: https://meet.google.com/abc" in text_of(mail)


async def test_without_a_calendar_no_meet_link_is_promised(workspace: WorkspaceWithMail) -> None:
    await workspace.booked(data={"location": Location("google_meet")})
    await workspace.work()
    text = text_of((await workspace.kept())[-1])
    assert MEETING_TO_FOLLOW in text
    assert "Google Meet" not in text


async def test_a_meet_link_that_does_not_come_holds_up_no_confirmation(workspace: WorkspaceWithMail) -> None:
    await workspace.connect(f"{CALENDAR}.events")
    await workspace.booked(data={"location": Location("google_meet")})
    await workspace.work_through(days=0.25)
    assert sorted(to(mail) for mail in await workspace.kept()) == ["carla@customer.test", "hanna@host.test"]
