"""What customers and hosts are told: whole mails, as they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import icalendar
import pytest
import vobject

from admitone.domain.bookings.policy import Permission, Policy
from admitone.domain.calendar.calendar_event import event_uid
from admitone.domain.pages.event_type import Location
from admitone.domain.text import BIDI_CONTROLS
from admitone.store.records.links import request_manage_link
from tests.support.factories import DAY, HOUR, NOW, WORKSPACE, a_user, an_event
from tests.support.fakegoogle.running import CALENDAR
from tests.support.mail.workspace_with_mail import DRAFTS, calendars_of, html_of, text_of, to
from tests.support.store.actions import put_link

if TYPE_CHECKING:
    from email.message import EmailMessage

    from tests.support.mail.workspace_with_mail import WorkspaceWithMail

MANAGE = "http://127.0.0.1:8080/manage/"


def one_to(mails: list[EmailMessage], address: str) -> EmailMessage:
    [found] = [mail for mail in mails if to(mail) == address]
    return found


async def test_a_booking_is_confirmed_to_its_customer_and_told_to_its_host(
    workspace: WorkspaceWithMail,
) -> None:
    until = Permission(allow="until", minutes=60)
    booking = await workspace.booked(
        data={
            "policy": Policy(cancel=until, reschedule=until, text="Tell us a day ahead."),
            "notes": "About <b>prices</b>\nand more",
            "locale": "en-GB",
        }
    )
    await workspace.work()
    mails = await workspace.kept()
    mail = one_to(mails, "carla@customer.test")
    text = text_of(mail)
    assert mail["Subject"] == "Confirmed: Half an hour with Hanna Host, Thursday, 19 November 2026"
    assert "Thursday, 19 November 2026\n12:06–12:36 (Paris, GMT+1)" in text
    assert "You can reschedule or cancel it until Thu 19 Nov, 11:06." in text
    assert MANAGE in text
    assert "Tell us a day ahead." in text
    assert "By phone" in text
    assert "Acme" in text
    assert MANAGE in html_of(mail)
    [address] = mail["From"].addresses
    assert address.addr_spec == "hanna@host.test"

    notice = one_to(mails, "hanna@host.test")
    assert notice["Subject"].startswith("New booking: Carla Customer, Thursday, November 19, 2026, 6:06")
    assert "(New York, GMT−5)" in text_of(notice)
    assert "About <b>prices</b>\nand more" in text_of(notice)
    assert "About &lt;b&gt;prices&lt;/b&gt;<br />\nand more" in html_of(notice)
    assert f"http://127.0.0.1:8080/dashboard/bookings/{booking.id}" in text_of(notice)
    assert MANAGE not in notice.as_string()
    assert calendars_of(notice) == []


async def test_a_name_turns_no_text_around_it(workspace: WorkspaceWithMail) -> None:
    await workspace.change("user", "user", name="Hanna\u2067 Host")
    await workspace.change("settings", "-", name="Ac\u200fme")
    await workspace.booked(data={"name": "Eve\u202e gnp\u2066", "event_type_name": "Half\u202b an hour"})
    await workspace.work()
    for mail in await workspace.kept():
        texts = [str(mail["Subject"]), str(mail["From"]), str(mail["To"]), text_of(mail), html_of(mail)]
        shown = "".join([*texts, *(part.decode() for part in calendars_of(mail))])
        assert not set(shown) & set(BIDI_CONTROLS)
        assert "Hanna Host" in shown
    notice = one_to(await workspace.kept(), "hanna@host.test")
    assert notice["Subject"].startswith("New booking: Eve gnp, Thursday")


async def test_every_change_reaches_the_customers_calendar(workspace: WorkspaceWithMail) -> None:
    booking = await workspace.booked()
    await workspace.work()
    booking = await workspace.moved(booking, by=HOUR)
    await workspace.work()
    await workspace.cancelled(booking)
    await workspace.work()
    mails = [mail for mail in await workspace.kept() if to(mail) == "carla@customer.test"]
    assert [mail["Subject"].partition(":")[0] for mail in mails] == ["Confirmed", "Rescheduled", "Cancelled"]
    found = []
    for mail in mails:
        part, attached = calendars_of(mail)
        assert part == attached
        [event] = icalendar.Calendar.from_ical(part).walk("VEVENT")
        calendar = vobject.readOne(part.decode())
        assert calendar.vevent.uid.value == event["UID"] == event_uid(booking)
        assert calendar.vevent.attendee.value == "mailto:carla@customer.test"
        assert calendar.vevent.organizer.value == "mailto:hanna@host.test"
        found.append(
            (
                calendar.method.value,
                int(event["SEQUENCE"].to_ical()),
                calendar.vevent.dtstart.value.timestamp(),
            )
        )
    start = NOW + DAY
    assert found == [("REQUEST", 0, start), ("REQUEST", 1, start + HOUR), ("CANCEL", 2, start + HOUR)]
    assert "Before: Thursday, November 19" in text_of(mails[1])
    assert "Your booking was cancelled by Hanna Host." in text_of(mails[2])


async def test_where_google_invites_no_invitation_of_ours_goes_out(workspace: WorkspaceWithMail) -> None:
    await workspace.connect(f"{CALENDAR}.events", DRAFTS)
    await workspace.booked()
    await workspace.work()
    mail = one_to(workspace.in_gmail(), "carla@customer.test")
    assert calendars_of(mail) == []
    assert mail.get_content_type() == "multipart/alternative"


async def test_whoever_did_it_is_not_told(workspace: WorkspaceWithMail) -> None:
    booking = await workspace.booked()
    await workspace.work()
    before = len(await workspace.kept())
    await workspace.cancelled(booking)
    await workspace.work()
    assert [to(mail) for mail in (await workspace.kept())[before:]] == ["carla@customer.test"]


async def test_what_a_later_change_has_overtaken_is_not_told(workspace: WorkspaceWithMail) -> None:
    booking = await workspace.booked()
    booking = await workspace.moved(booking, by=HOUR)
    booking = await workspace.moved(booking, by=HOUR)
    await workspace.work()
    mails = [mail for mail in await workspace.kept() if to(mail) == "carla@customer.test"]
    assert [mail["Subject"].partition(":")[0] for mail in mails] == ["Rescheduled"]
    assert "2:06" in text_of(mails[0])
    assert "New booking" in [mail["Subject"].partition(":")[0] for mail in await workspace.kept()]
    booking = await workspace.booked(start=NOW + 2 * DAY)
    await workspace.cancelled(booking)
    before = len(await workspace.kept())
    await workspace.work()
    told = [
        mail["Subject"] for mail in (await workspace.kept())[before:] if to(mail) == "carla@customer.test"
    ]
    assert [subject.partition(":")[0] for subject in told] == ["Cancelled"]


async def test_the_manage_link_is_mailed_on_request(workspace: WorkspaceWithMail) -> None:
    link = await put_link(workspace.store)
    booking = await workspace.booked(link=link.id)
    await workspace.work()
    before = len(await workspace.kept())
    event = an_event("manage_link.requested", link=link.id, booking=booking.id, by="customer")
    await request_manage_link(workspace.store, WORKSPACE, link.id, event)
    await workspace.work()
    [mail] = (await workspace.kept())[before:]
    assert to(mail) == "carla@customer.test"
    assert mail["Subject"] == "Your booking: Half an hour with Hanna Host"
    assert MANAGE in text_of(mail)
    assert calendars_of(mail) == []


async def test_all_hosts_of_a_booking_are_told(workspace: WorkspaceWithMail) -> None:
    await workspace.add_user(a_user(id="other", email="otto@host.test", name="Otto Other"))
    await workspace.booked(users=["user", "other"])
    await workspace.work()
    assert sorted(to(mail) for mail in await workspace.kept()) == [
        "carla@customer.test",
        "hanna@host.test",
        "otto@host.test",
    ]


async def test_a_host_who_is_gone_holds_up_no_mail(workspace: WorkspaceWithMail) -> None:
    await workspace.booked(users=["gone"])
    await workspace.work()
    [mail] = await workspace.kept()
    assert mail["Subject"].startswith("Confirmed: Half an hour, ")
    assert await workspace.parked() == []


@pytest.mark.parametrize(
    "typed",
    [
        "Carla\r\nBcc: evil@x.test",
        "=?utf-8?q?a=0D=0ABcc:_evil@x.test?=",
        'Ünï, "Code" <e@x.test>',
        "{{ 1 }}",
        "a;b:c\\n",
    ],
)
async def test_whatever_is_typed_stays_where_it_belongs(workspace: WorkspaceWithMail, typed: str) -> None:
    await workspace.booked(
        data={
            "name": typed,
            "notes": typed,
            "event_type_name": typed,
            "location": Location("in_person", typed),
        }
    )
    await workspace.work()
    mails = await workspace.kept()
    assert len(mails) == 2
    for mail in mails:
        assert mail["Bcc"] is None
        assert len(mail["To"].addresses) == 1
        for content in calendars_of(mail):
            calendar = vobject.readOne(content.decode())
            names = [child.name for child in calendar.vevent.getChildren()]
            assert len(names) == len(set(names))
    assert "X-" not in "".join(mails[0].keys())


async def test_a_template_of_the_workspaces_own_is_used_and_one_that_fails_is_not(
    workspace: WorkspaceWithMail,
) -> None:
    await workspace.write_template(
        "confirmation", subject="Hi {{ customer.name }}", text="{{ date }}", html=""
    )
    await workspace.booked()
    await workspace.work()
    mail = one_to(await workspace.kept(), "carla@customer.test")
    assert (mail["Subject"], text_of(mail).strip()) == ("Hi Carla Customer", "Thursday, November 19, 2026")
    assert mail.get_body(("html",)) is None

    await workspace.write_template("confirmation", subject="{{ nobody }}", text="x", html="")
    await workspace.booked(start=NOW + 2 * DAY)
    await workspace.work()
    subjects = [mail["Subject"] for mail in await workspace.kept() if to(mail) == "carla@customer.test"]
    assert subjects[-1].startswith("Confirmed: ")
    assert workspace.services.mail.counts.fallbacks == 1
    fault = (await workspace.faults())["confirmation"]
    assert (fault.field, fault.sentence) == ("subject", "There is no nobody.")


async def test_addresses_and_names_beyond_ascii_arrive(workspace: WorkspaceWithMail) -> None:
    await workspace.booked(data={"name": "Renée Müller", "email": "renee@bücher.test"})
    await workspace.work()
    mail = one_to(await workspace.kept(), "renee@xn--bcher-kva.test")
    assert mail["To"].addresses[0].display_name == "Renée Müller"


async def test_a_mail_is_the_same_mail_at_every_attempt(workspace: WorkspaceWithMail) -> None:
    await workspace.booked()
    await workspace.work()
    ids = [mail["Message-ID"] for mail in await workspace.kept()]
    assert len(set(ids)) == 2
    assert all(one.endswith("@127.0.0.1>") for one in ids)


@pytest.mark.parametrize("typed", ["javascript:alert(1)", 'https://meet.test/" onclick=x', "Room 3"])
async def test_what_is_no_address_of_the_web_is_not_linked_to(
    workspace: WorkspaceWithMail, typed: str
) -> None:
    await workspace.booked(data={"location": Location("link", typed)})
    await workspace.work()
    mail = one_to(await workspace.kept(), "carla@customer.test")
    assert "Join:" not in text_of(mail)
    assert typed in text_of(mail)
    assert 'href="javascript' not in html_of(mail)
    assert "onclick=x" not in html_of(mail).replace("&#34; onclick=x", "")
