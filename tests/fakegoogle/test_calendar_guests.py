"""Guests: their copies, their answers, and the mails that Calendar sends for the organiser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.fakegoogle.apis import Access, access, hour, refusal

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle

GUESTS = [{"email": "Member@acme.test"}, {"email": "customer@else.test", "displayName": "Carla"}]


@pytest.fixture
async def admin(google: FakeGoogle) -> Access:
    return await access(google)


@pytest.fixture
async def member(google: FakeGoogle) -> Access:
    return await access(google, "member@acme.test")


def _mails(google: FakeGoogle) -> list[tuple[str, str, int]]:
    return [(mail.method, mail.to, mail.sequence) for mail in google.state.data.invitations]


async def _patch(who: Access, event: Any, body: dict[str, Any], **parameters: str) -> Any:
    return await who.run(who.events.patch(calendarId="primary", eventId=event["id"], body=body, **parameters))


async def test_guests_here_have_a_copy_with_their_own_entry_marked(admin: Access, member: Access) -> None:
    event = await admin.insert(attendees=GUESTS)
    assert [one["responseStatus"] for one in event["attendees"]] == ["needsAction", "needsAction"]
    copy = await member.run(member.events.get(calendarId="primary", eventId=event["id"]))
    assert copy["iCalUID"] == event["iCalUID"]
    assert copy["organizer"] == {"email": "admin@acme.test"}
    assert [one.get("self", False) for one in copy["attendees"]] == [True, False]


async def test_the_copy_moves_and_is_cancelled_with_the_event(admin: Access, member: Access) -> None:
    event = await admin.insert(attendees=GUESTS)
    await _patch(admin, event, hour("2026-03-04T09:00:00Z", "2026-03-04T10:00:00Z"))
    assert await member.listed(timeMin="2026-03-04T00:00:00Z") == [event["id"]]
    await admin.run(admin.events.delete(calendarId="primary", eventId=event["id"]))
    assert await member.listed() == []


async def test_a_guest_who_is_removed_loses_the_copy(admin: Access, member: Access) -> None:
    event = await admin.insert(attendees=GUESTS)
    await _patch(admin, event, {"attendees": [GUESTS[1]]})
    assert await member.listed() == []


async def test_a_guests_answer_reaches_the_organiser(admin: Access, member: Access) -> None:
    event = await admin.insert(attendees=GUESTS)
    attendees = [{"email": "member@acme.test", "responseStatus": "accepted"}, GUESTS[1]]
    await _patch(member, event, {"attendees": attendees})
    seen = await admin.run(admin.events.get(calendarId="primary", eventId=event["id"]))
    assert [one["responseStatus"] for one in seen["attendees"]] == ["accepted", "needsAction"]


async def test_a_guest_cannot_change_the_meeting(admin: Access, member: Access) -> None:
    event = await admin.insert(attendees=GUESTS)
    for body in ({"summary": "Mine"}, hour("2026-03-04T09:00:00Z", "2026-03-04T10:00:00Z")):
        async with refusal(403, "forbiddenForNonOrganizer"):
            await _patch(member, event, body)


async def test_a_guest_may_change_it_where_the_organiser_allows(admin: Access, member: Access) -> None:
    event = await admin.insert(attendees=GUESTS, guestsCanModify=True)
    changed = await _patch(member, event, {"summary": "Ours"})
    assert changed["summary"] == "Ours"
    seen = await admin.run(admin.events.get(calendarId="primary", eventId=event["id"]))
    assert seen["summary"] == "Ours"


async def test_what_is_a_guests_own_stays_with_their_copy(admin: Access, member: Access) -> None:
    event = await admin.insert(attendees=GUESTS, extendedProperties={"private": {"booking": "1"}})
    copy = await _patch(member, event, {"transparency": "transparent", "colorId": "3"})
    assert copy["transparency"] == "transparent"
    assert "extendedProperties" not in copy
    await _patch(admin, event, {"summary": "New"})
    copy = await member.run(member.events.get(calendarId="primary", eventId=event["id"]))
    assert (copy["summary"], copy["transparency"]) == ("New", "transparent")
    seen = await admin.run(admin.events.get(calendarId="primary", eventId=event["id"]))
    assert "transparency" not in seen
    assert seen["extendedProperties"] == {"private": {"booking": "1"}}


async def test_deleting_a_copy_declines(admin: Access, member: Access) -> None:
    event = await admin.insert(attendees=GUESTS)
    await member.run(member.events.delete(calendarId="primary", eventId=event["id"]))
    seen = await admin.run(admin.events.get(calendarId="primary", eventId=event["id"]))
    assert seen["status"] == "confirmed"
    assert seen["attendees"][0]["responseStatus"] == "declined"


async def test_nobody_is_mailed_unless_asked(google: FakeGoogle, admin: Access) -> None:
    event = await admin.insert(attendees=GUESTS)
    await _patch(admin, event, {"summary": "New"}, sendUpdates="none")
    assert _mails(google) == []


async def test_mails_follow_what_happens(google: FakeGoogle, admin: Access) -> None:
    event = await admin.insert(attendees=GUESTS, sendUpdates="all")
    both = ["customer@else.test", "member@acme.test"]
    assert _mails(google) == [("REQUEST", email, 0) for email in both]
    google.state.data.invitations.clear()
    moved = {**hour("2026-03-04T09:00:00Z", "2026-03-04T10:00:00Z"), "attendees": [GUESTS[1]]}
    await _patch(admin, event, moved, sendUpdates="all")
    assert _mails(google) == [("REQUEST", both[0], 1), ("CANCEL", both[1], 1)]
    google.state.data.invitations.clear()
    await admin.run(
        admin.events.delete(calendarId="primary", eventId=event["id"], sendUpdates="externalOnly")
    )
    assert _mails(google) == [("CANCEL", both[0], 1)]


async def test_more_guests_than_asked_for_are_omitted(admin: Access) -> None:
    event = await admin.insert(attendees=[{"email": "admin@acme.test"}, *GUESTS])
    shown = await admin.run(admin.events.get(calendarId="primary", eventId=event["id"], maxAttendees=1))
    assert [one["email"] for one in shown["attendees"]] == ["admin@acme.test"]
    assert shown["attendees"][0]["organizer"] is True
    assert shown["attendeesOmitted"] is True
