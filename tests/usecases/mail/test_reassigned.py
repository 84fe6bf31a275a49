"""A booking that was given to another host: whose it was and who has it now are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import icalendar
import pytest

from admitone.domain.calendar.calendar_event import event_uid
from admitone.store.records.credentials.google_connections import write_connection
from tests.support.factories import DAY, NOW, WORKSPACE, a_connection
from tests.support.fakegoogle.running import CALENDAR
from tests.support.mail.workspace_with_mail import DRAFTS, calendars_of, html_of, text_of, to
from tests.support.pages.master_page import MAX, OLGA, THEA, book_with_guest, put_master_page, reassign
from tests.support.store.actions import the_booking, try_cancel

if TYPE_CHECKING:
    from email.message import EmailMessage

    from admitone.domain.bookings.booking import Booking
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail

CARLA, HANNA = "carla@customer.test", "hanna@host.test"


@pytest.fixture
async def booking(workspace: WorkspaceWithMail) -> Booking:
    """A booking of Hanna's with Olga, of which everybody was told."""
    await put_master_page(workspace.store)
    made = await book_with_guest(workspace.store, start=NOW + DAY)
    await workspace.work()
    assert sorted(map(to, await workspace.kept())) == [CARLA, HANNA, OLGA]
    return made


async def news(workspace: WorkspaceWithMail) -> list[EmailMessage]:
    """The mails after the first three, by whom they go to."""
    await workspace.work()
    return sorted((await workspace.kept())[3:], key=to)


async def test_the_former_host_is_told_who_took_over_and_the_taker_that_it_is_theirs(
    workspace: WorkspaceWithMail, booking: Booking
) -> None:
    await reassign(workspace.services, booking, "max", by="olga")
    said, confirmed, former, taker = await news(workspace)
    assert [to(mail) for mail in (said, confirmed, former, taker)] == [CARLA, CARLA, HANNA, MAX]
    assert said["Subject"].startswith("Your host has changed: Half an hour with Max, ")
    assert "You will meet Max and Olga. The time stays the same." in text_of(said)
    for mail, method, assignment in ((said, "CANCEL", 0), (confirmed, "REQUEST", 1)):
        calendar = icalendar.Calendar.from_ical(calendars_of(mail)[0])
        [event] = calendar.walk("VEVENT")
        assert (calendar["METHOD"], event["UID"]) == (method, event_uid(booking, assignment))
    assert former["Subject"].startswith("Taken over by Max: ")
    assert "Olga has given this booking to Max. You no longer take part" in text_of(former)
    assert "Reason: Somebody is ill" in text_of(former)
    assert "given this booking to Max" in html_of(former)
    assert taker["Subject"].startswith("New booking: ")
    # Nobody else put it into a calendar, so that this takes out of it what may have come there by a file.
    part, attached = calendars_of(former)
    assert part == attached
    calendar = icalendar.Calendar.from_ical(part)
    [event] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"], event["UID"]) == (
        "CANCEL",
        "CANCELLED",
        event_uid(booking, 0),
    )
    assert int(event["SEQUENCE"].to_ical()) == booking.sequence + 1
    assert event["ORGANIZER"] == event["ATTENDEE"] == f"mailto:{HANNA}"


async def test_a_former_guest_is_told_and_those_who_stay_are_not(
    workspace: WorkspaceWithMail, booking: Booking
) -> None:
    await reassign(workspace.services, booking, "thea", instead_of="olga")
    *_, former, taker = await news(workspace)
    assert (to(former), to(taker)) == (OLGA, THEA)
    assert "Boss has given this booking to Thea." in text_of(former)
    [event] = icalendar.Calendar.from_ical(calendars_of(former)[0]).walk("VEVENT")
    assert (event["ORGANIZER"], event["ATTENDEE"]) == (f"mailto:{HANNA}", f"mailto:{OLGA}")


async def test_google_strikes_the_event_out_where_it_has_put_it_in(
    workspace: WorkspaceWithMail, booking: Booking
) -> None:
    await workspace.connect(f"{CALENDAR}.events")
    await reassign(workspace.services, booking, "thea", instead_of="olga")
    [former] = [mail for mail in await news(workspace) if to(mail) == OLGA]
    assert calendars_of(former) == []


async def test_what_we_had_sent_is_withdrawn_where_google_invites_to_the_new_event(
    workspace: WorkspaceWithMail, booking: Booking
) -> None:
    connection = a_connection(user="max", email=MAX, scopes=(f"{CALENDAR}.events",))
    await write_connection(workspace.store, WORKSPACE, connection)
    await reassign(workspace.services, booking, "max", by="olga")
    [customer] = [mail for mail in await news(workspace) if to(mail) == CARLA]
    calendar = icalendar.Calendar.from_ical(calendars_of(customer)[0])
    [event] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["UID"], event["ATTENDEE"]) == (
        "CANCEL",
        event_uid(booking, 0),
        f"mailto:{CARLA}",
    )


async def test_it_goes_out_once_by_the_host_s_gmail(workspace: WorkspaceWithMail, booking: Booking) -> None:
    await reassign(workspace.services, booking, "thea", instead_of="olga")
    await workspace.connect(DRAFTS)
    for job in [job for job in await workspace.jobs_done() if job.name == "mail.former_host"]:
        await workspace.do(job)
    [former] = [mail for mail in workspace.in_gmail() if to(mail) == OLGA]
    assert former["Subject"].startswith("Taken over by Thea: ")


async def test_who_gave_it_away_themselves_has_it_back_or_is_gone_is_not_told(
    workspace: WorkspaceWithMail, booking: Booking
) -> None:
    await reassign(workspace.services, booking, "max", by="user")
    assert HANNA not in map(to, await news(workspace))
    booking = await the_booking(workspace.store, booking.id)
    await reassign(workspace.services, booking, "thea", instead_of="olga")
    await reassign(
        workspace.services, await the_booking(workspace.store, booking.id), "olga", instead_of="thea"
    )
    assert OLGA not in {
        to(mail) for mail in await news(workspace) if mail["Subject"].startswith("Taken over")
    }
    await workspace.change("user", "olga", active=False)
    await reassign(
        workspace.services, await the_booking(workspace.store, booking.id), "thea", instead_of="olga"
    )
    assert OLGA not in {
        to(mail) for mail in await news(workspace) if mail["Subject"].startswith("Taken over")
    }


async def test_who_took_it_over_before_anybody_was_told_is_told_once(workspace: WorkspaceWithMail) -> None:
    await put_master_page(workspace.store)
    await reassign(workspace.services, await book_with_guest(workspace.store, start=NOW + DAY), "max")
    await workspace.work()
    told = sorted((to(mail), mail["Subject"].partition(":")[0]) for mail in await workspace.kept())
    assert [each for each in told if each[0] != CARLA] == [
        (HANNA, "Taken over by Max"),
        (MAX, "New booking"),
        (OLGA, "New booking"),
    ]


async def test_a_cancellation_meanwhile_keeps_nobody_from_knowing(
    workspace: WorkspaceWithMail, booking: Booking
) -> None:
    await reassign(workspace.services, booking, "max", by="olga")
    await try_cancel(workspace.store, await the_booking(workspace.store, booking.id))
    told = {to(mail): mail["Subject"].partition(":")[0] for mail in await news(workspace)}
    assert told[HANNA] == "Taken over by Max"
    assert told[MAX] == "Cancelled"


async def test_what_the_customer_answered_is_told_with_what_they_were_asked(
    workspace: WorkspaceWithMail,
) -> None:
    """The taker's own page asks nothing."""
    await put_master_page(workspace.store)
    agreed = {"answers": {"topic": "Prices"}, "questions": {"topic": "What is it about?"}}
    booking = await book_with_guest(workspace.store, start=NOW + DAY, **agreed)
    await workspace.work()
    await reassign(workspace.services, booking, "max")
    await workspace.work()
    [taker] = [mail for mail in await workspace.kept() if to(mail) == MAX]
    assert "What is it about?\nPrices" in text_of(taker)


async def test_the_workspace_writes_its_own_words(workspace: WorkspaceWithMail, booking: Booking) -> None:
    await workspace.write_template(
        "host_reassigned", subject="Off to {{ taken_by }}", text="{{ hosts | join }}"
    )
    await reassign(workspace.services, booking, "max", by="olga")
    [former] = [mail for mail in await news(workspace) if to(mail) == HANNA]
    assert former["Subject"] == "Off to Max"
    assert "Max" in text_of(former)


@pytest.mark.parametrize("notices", ["once", "always"])
async def test_a_host_whom_google_invites_gets_our_mail_if_the_workspace_wants_it(
    workspace: WorkspaceWithMail, notices: str
) -> None:
    await put_master_page(workspace.store)
    await workspace.change("settings", "-", host_notices=notices)
    await workspace.connect(f"{CALENDAR}.events")
    booking = await book_with_guest(workspace.store, start=NOW + DAY)
    await workspace.work()
    told = [CARLA, HANNA, *([OLGA] if notices == "always" else [])]
    assert sorted(map(to, await workspace.kept())) == told  # Google never tells the organiser
    await try_cancel(workspace.store, booking)  # Hanna does
    await workspace.work()
    assert sorted(map(to, await workspace.kept())) == sorted([*told, *set(told) - {HANNA}])
