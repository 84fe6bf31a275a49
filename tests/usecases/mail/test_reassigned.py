"""A booking that was given to another host: whose it was and who has it now are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import icalendar
import pytest

from admitone.domain.calendar.calendar_event import event_uid
from admitone.store.records.google_connections import write_connection
from tests.support.factories import DAY, NOW, WORKSPACE, a_connection
from tests.support.fakegoogle.running import CALENDAR
from tests.support.mail.post import DRAFTS, calendars_of, html_of, text_of, to
from tests.support.panel import MAX, OLGA, THEA, booked, furnish, give
from tests.support.store.doing import the_booking, try_cancel

if TYPE_CHECKING:
    from email.message import EmailMessage

    from admitone.domain.bookings.booking import Booking
    from tests.support.mail.post import Post

CARLA, HANNA = "carla@customer.test", "hanna@host.test"


@pytest.fixture
async def booking(post: Post) -> Booking:
    """A booking of Hanna's with Olga, of which everybody was told."""
    await furnish(post.store)
    made = await booked(post.store, start=NOW + DAY)
    await post.work()
    assert sorted(map(to, await post.kept())) == [CARLA, HANNA, OLGA]
    return made


async def news(post: Post) -> list[EmailMessage]:
    """The mails after the first three, by whom they go to."""
    await post.work()
    return sorted((await post.kept())[3:], key=to)


async def test_the_former_host_is_told_who_took_over_and_the_taker_that_it_is_theirs(
    post: Post, booking: Booking
) -> None:
    await give(post.services, booking, "max", by="olga")
    said, confirmed, former, taker = await news(post)
    assert [to(mail) for mail in (said, confirmed, former, taker)] == [CARLA, CARLA, HANNA, MAX]
    assert said["Subject"].startswith("Now with Max: Half an hour, ")
    assert "somebody else will meet you: Max, Olga. The time stays as it is." in text_of(said)
    for mail, method, assignment in ((said, "CANCEL", 0), (confirmed, "REQUEST", 1)):
        calendar = icalendar.Calendar.from_ical(calendars_of(mail)[0])
        [event] = calendar.walk("VEVENT")
        assert (calendar["METHOD"], event["UID"]) == (method, event_uid(booking, assignment))
    assert former["Subject"].startswith("Taken over by Max: ")
    assert "Olga has given this booking to Max. You do not take part any more" in text_of(former)
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


async def test_a_former_guest_is_told_and_those_who_stay_are_not(post: Post, booking: Booking) -> None:
    await give(post.services, booking, "thea", instead_of="olga")
    *_, former, taker = await news(post)
    assert (to(former), to(taker)) == (OLGA, THEA)
    assert "Boss has given this booking to Thea." in text_of(former)
    [event] = icalendar.Calendar.from_ical(calendars_of(former)[0]).walk("VEVENT")
    assert (event["ORGANIZER"], event["ATTENDEE"]) == (f"mailto:{HANNA}", f"mailto:{OLGA}")


async def test_google_strikes_the_event_out_where_it_has_put_it_in(post: Post, booking: Booking) -> None:
    await post.connect(f"{CALENDAR}.events")
    await give(post.services, booking, "thea", instead_of="olga")
    [former] = [mail for mail in await news(post) if to(mail) == OLGA]
    assert calendars_of(former) == []


async def test_what_we_had_sent_is_withdrawn_where_google_invites_to_the_new_event(
    post: Post, booking: Booking
) -> None:
    connection = a_connection(user="max", email=MAX, scopes=(f"{CALENDAR}.events",))
    await write_connection(post.store, WORKSPACE, connection)
    await give(post.services, booking, "max", by="olga")
    [customer] = [mail for mail in await news(post) if to(mail) == CARLA]
    calendar = icalendar.Calendar.from_ical(calendars_of(customer)[0])
    [event] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["UID"], event["ATTENDEE"]) == (
        "CANCEL",
        event_uid(booking, 0),
        f"mailto:{CARLA}",
    )


async def test_it_goes_out_once_by_the_host_s_gmail(post: Post, booking: Booking) -> None:
    await give(post.services, booking, "thea", instead_of="olga")
    await post.connect(DRAFTS)
    for job in [job for job in await post.jobs_done() if job.name == "mail.former_host"]:
        await post.do(job)
    [former] = [mail for mail in post.in_gmail() if to(mail) == OLGA]
    assert former["Subject"].startswith("Taken over by Thea: ")


async def test_who_gave_it_away_themselves_has_it_back_or_is_gone_is_not_told(
    post: Post, booking: Booking
) -> None:
    await give(post.services, booking, "max", by="user")
    assert HANNA not in map(to, await news(post))
    booking = await the_booking(post.store, booking.id)
    await give(post.services, booking, "thea", instead_of="olga")
    await give(post.services, await the_booking(post.store, booking.id), "olga", instead_of="thea")
    assert OLGA not in {to(mail) for mail in await news(post) if mail["Subject"].startswith("Taken over")}
    await post.change("user", "olga", active=False)
    await give(post.services, await the_booking(post.store, booking.id), "thea", instead_of="olga")
    assert OLGA not in {to(mail) for mail in await news(post) if mail["Subject"].startswith("Taken over")}


async def test_who_took_it_over_before_anybody_was_told_is_told_once(post: Post) -> None:
    await furnish(post.store)
    await give(post.services, await booked(post.store, start=NOW + DAY), "max")
    await post.work()
    told = sorted((to(mail), mail["Subject"].partition(":")[0]) for mail in await post.kept())
    assert [each for each in told if each[0] != CARLA] == [
        (HANNA, "Taken over by Max"),
        (MAX, "New booking"),
        (OLGA, "New booking"),
    ]


async def test_a_cancellation_meanwhile_keeps_nobody_from_knowing(post: Post, booking: Booking) -> None:
    await give(post.services, booking, "max", by="olga")
    await try_cancel(post.store, await the_booking(post.store, booking.id))
    told = {to(mail): mail["Subject"].partition(":")[0] for mail in await news(post)}
    assert told[HANNA] == "Taken over by Max"
    assert told[MAX] == "Cancelled"


async def test_what_the_customer_answered_is_told_with_what_they_were_asked(post: Post) -> None:
    """The taker's own page asks nothing."""
    await furnish(post.store)
    agreed = {"answers": {"topic": "Prices"}, "questions": {"topic": "What is it about?"}}
    booking = await booked(post.store, start=NOW + DAY, **agreed)
    await post.work()
    await give(post.services, booking, "max")
    await post.work()
    [taker] = [mail for mail in await post.kept() if to(mail) == MAX]
    assert "What is it about?\nPrices" in text_of(taker)


async def test_the_workspace_writes_its_own_words(post: Post, booking: Booking) -> None:
    await post.write_template("host_reassigned", subject="Off to {{ taken_by }}", text="{{ hosts | join }}")
    await give(post.services, booking, "max", by="olga")
    [former] = [mail for mail in await news(post) if to(mail) == HANNA]
    assert former["Subject"] == "Off to Max"
    assert "Max" in text_of(former)
