"""The guests' own mails, which go out where Google does not tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import icalendar
import pytest

from admitone.domain.budgets import GUEST_BOOKINGS
from admitone.domain.calendar.calendar_event import event_uid
from tests.support.factories import DAY, HOUR, NOW
from tests.support.fakegoogle.running import CALENDAR
from tests.support.mail.held import held_mails, use_up_of
from tests.support.mail.workspace_with_mail import DRAFTS, calendars_of, html_of, text_of, to

if TYPE_CHECKING:
    from email.message import EmailMessage

    from tests.support.mail.workspace_with_mail import WorkspaceWithMail

CARLA, GUS, IDA = "carla@customer.test", "gus@guest.test", "ida@guest.test"


def those_to(mails: list[EmailMessage], address: str) -> list[EmailMessage]:
    return [mail for mail in mails if to(mail) == address]


async def test_each_guest_is_told_of_every_change(workspace: WorkspaceWithMail) -> None:
    booking = await workspace.booked(data={"guests": (GUS, IDA)})
    await workspace.work()
    booking = await workspace.moved(booking, by=HOUR)
    await workspace.work()
    await workspace.cancelled(booking)
    await workspace.work()
    for guest in GUS, IDA:
        mails = those_to(await workspace.kept(), guest)
        assert [str(mail["Subject"]).partition(":")[0] for mail in mails] == [
            "Invitation",
            "Rescheduled",
            "Cancelled",
        ]
        told = []
        for mail in mails:
            part, attached = calendars_of(mail)
            assert part == attached
            calendar = icalendar.Calendar.from_ical(part)
            [event] = calendar.walk("VEVENT")
            assert event["UID"] == event_uid(booking)
            assert guest in str(event["ATTENDEE"])
            told.append((str(calendar["METHOD"]), int(event["SEQUENCE"].to_ical())))
        assert told == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]


async def test_a_guests_mail_opens_nothing_and_has_no_typed_words(workspace: WorkspaceWithMail) -> None:
    typed = {"notes": "Buy cheap watches", "answers": {"topic": "More watches"}}
    booking = await workspace.booked(data={"guests": (GUS,), "locale": "fr", **typed})
    await workspace.work()
    booking = await workspace.moved(booking, by=HOUR)
    await workspace.work()
    mails = those_to(await workspace.kept(), GUS)
    assert len(mails) == 2
    for mail in mails:
        shown = text_of(mail) + html_of(mail) + "".join(part.decode() for part in calendars_of(mail))
        assert "/manage/" not in shown
        assert "watches" not in shown
        assert "Carla Customer" in shown
        assert 'lang="fr"' in html_of(mail)


async def test_customer_and_host_read_who_comes_along(workspace: WorkspaceWithMail) -> None:
    await workspace.booked(data={"guests": (GUS, IDA)})
    await workspace.work()
    for address in CARLA, "hanna@host.test":
        [mail] = those_to(await workspace.kept(), address)
        assert f"Guests: {GUS}, {IDA}" in text_of(mail)
        assert f"{GUS}, {IDA}" in html_of(mail)


async def test_where_google_tells_them_no_mail_of_ours_does(workspace: WorkspaceWithMail) -> None:
    await workspace.connect(f"{CALENDAR}.events", DRAFTS)
    await workspace.booked(data={"guests": (GUS,)})
    await workspace.work()
    assert sorted(map(to, workspace.in_gmail())) == [CARLA, "hanna@host.test"]


async def test_a_host_gets_no_mail_as_a_guest(workspace: WorkspaceWithMail) -> None:
    await workspace.booked(data={"guests": ("Hanna@host.test", GUS)})
    await workspace.work()
    assert sorted(map(to, await workspace.kept())) == [CARLA, GUS, "hanna@host.test"]


async def test_one_guest_over_budget_waits_and_the_others_do_not(workspace: WorkspaceWithMail) -> None:
    await use_up_of(workspace.store, GUS, NOW)
    booking = await workspace.booked(data={"guests": (GUS, IDA)})
    await workspace.work()
    assert sorted(map(to, await workspace.kept())) == [CARLA, "hanna@host.test", IDA]
    [waiting] = await held_mails(workspace.store)
    assert (waiting.name, waiting.booking) == ("mail.guest", booking.id)
    workspace.clock.forward(hours=1)
    await workspace.work()
    assert len(those_to(await workspace.kept(), GUS)) == 1


async def test_by_a_general_link_few_bookings_of_a_page_mail_one_person(workspace: WorkspaceWithMail) -> None:
    for place in range(GUEST_BOOKINGS.most + 2):
        data = {"email": f"c{place}@customer.test", "guests": (GUS,)}
        await workspace.booked(start=NOW + (1 + place) * DAY, data=data)
        await workspace.work()
    assert len(those_to(await workspace.kept(), GUS)) == GUEST_BOOKINGS.most
    assert workspace.services.mail.counts.untold == 2


@pytest.mark.parametrize("times", [2])
async def test_a_job_that_runs_again_mails_nobody_twice(workspace: WorkspaceWithMail, times: int) -> None:
    await workspace.booked(data={"guests": (GUS, IDA)})
    done = await workspace.jobs_done()
    for job in [job for job in done if job.name.startswith("mail.guest")] * times:
        await workspace.do(job)
    await workspace.work()
    assert len(those_to(await workspace.kept(), GUS)) == len(those_to(await workspace.kept(), IDA)) == 1


async def test_jobs_name_no_address(workspace: WorkspaceWithMail) -> None:
    await workspace.booked(data={"guests": (GUS,)})
    planned = await workspace.jobs_done()
    [job] = [job for job in planned if job.name == "mail.guest"]
    assert job.detail
    assert "gus" not in str(planned)
