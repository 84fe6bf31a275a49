"""Events: written, read, changed, cancelled, and refused as Calendar refuses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.fakegoogle.apis import Access, access, hour, refusal

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle


@pytest.fixture
async def admin(google: FakeGoogle) -> Access:
    return await access(google)


async def test_an_event_is_inserted_and_read_again(admin: Access) -> None:
    event = await admin.insert(summary="Intro", description="Hello", location="Room 1")
    assert event["status"] == "confirmed"
    assert event["iCalUID"] == f"{event['id']}@google.com"
    assert event["sequence"] == 0
    assert event["organizer"] == event["creator"] == {"email": "admin@acme.test", "self": True}
    assert event["start"] == {"dateTime": "2026-03-02T10:00:00+01:00", "timeZone": "Europe/Zurich"}
    assert await admin.run(admin.events.get(calendarId="admin@acme.test", eventId=event["id"])) == event


async def test_times_are_shown_in_the_zone_asked_for(admin: Access) -> None:
    event = await admin.insert(**hour("2026-03-02T09:00:00", "2026-03-02T10:00:00", "America/New_York"))
    shown = await admin.run(
        admin.events.get(calendarId="primary", eventId=event["id"], timeZone="Asia/Tokyo")
    )
    assert shown["start"] == {"dateTime": "2026-03-02T23:00:00+09:00", "timeZone": "America/New_York"}


async def test_an_own_id_is_kept_and_good_once_even_after_deleting(admin: Access) -> None:
    assert (await admin.insert(id="abc0v"))["id"] == "abc0v"
    async with refusal(409, "duplicate"):
        await admin.insert(id="abc0v")
    await admin.run(admin.events.delete(calendarId="primary", eventId="abc0v"))
    async with refusal(409, "duplicate"):
        await admin.insert(id="abc0v")


async def test_without_an_own_id_the_same_insert_makes_two_events(admin: Access) -> None:
    first, second = await admin.insert(), await admin.insert()
    assert first["id"] != second["id"]


async def test_the_same_uid_twice_is_refused(admin: Access) -> None:
    await admin.insert(iCalUID="one@admitone.test")
    async with refusal(409, "duplicate"):
        await admin.insert(iCalUID="one@admitone.test")


@pytest.mark.parametrize("event_id", ["abcw0", "ABCDE", "a-b-c-d", "abc", "a" * 1025])
async def test_ids_are_base32hex_of_a_certain_length(admin: Access, event_id: str) -> None:
    async with refusal(400, "invalid"):
        await admin.insert(id=event_id)


NINE, TEN = "2026-03-02T09:00:00", "2026-03-02T10:00:00"


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"start": None}, "required"),
        ({"end": {}}, "required"),
        (hour(NINE, TEN), "required"),
        (hour(NINE, TEN, "Mars/Olympus"), "invalid"),
        (hour(f"{TEN}Z", f"{NINE}Z"), "timeRangeEmpty"),
        ({"end": {"date": "2026-03-03"}}, "invalid"),
        ({"start": {"date": "2026-03-02", "dateTime": f"{NINE}Z"}}, "invalid"),
        ({"start": {"date": "2026-03-02"}, "end": {"date": "2026-03-02"}}, "timeRangeEmpty"),
        ({"start": {"date": "2026-02-30"}}, "invalid"),
        ({"start": {"dateTime": "2026-03-02"}}, "invalid"),
        ({"start": {"dateTime": "9999-12-31T23:00:00-23:00"}}, "invalid"),
        (hour("9999-12-31T22:00:00Z", "9999-12-31T23:00:00Z"), "invalid"),
        ({"start": {"date": "0001-01-01"}, "end": {"date": "0001-01-02"}}, "invalid"),
        ({"start": "2026-03-02"}, "invalid"),
        ({"summary": 7}, "invalid"),
        ({"title": "Demo"}, "invalid"),
        ({"attendees": [{"mail": "a@b.test"}]}, "invalid"),
        ({"attendees": [{"email": "nobody"}]}, "invalid"),
        ({"attendees": [{"email": "a@b.test", "responseStatus": "maybe"}]}, "invalid"),
        ({"status": "booked"}, "invalid"),
        ({"status": "cancelled"}, "invalid"),
        ({"transparency": "busy"}, "invalid"),
        ({"reminders": {"useDefault": True, "overrides": [{"method": "popup", "minutes": 5}]}}, "invalid"),
        ({"reminders": {"overrides": [{"method": "sms", "minutes": 5}]}}, "invalid"),
    ],
)
async def test_what_calendar_refuses(admin: Access, properties: dict[str, Any], reason: str) -> None:
    async with refusal(400, reason):
        await admin.insert(**properties)
    assert await admin.listed() == []


async def test_an_unknown_parameter_is_refused(admin: Access) -> None:
    for query in ("sendUpdate=all", "sendUpdates=everybody", "maxAttendees=0", "conferenceDataVersion=2"):
        status, body = await admin.raw(
            "POST", f"/calendar/v3/calendars/primary/events?{query}", json=hour(f"{NINE}Z", f"{TEN}Z")
        )
        assert status == 400, query
        assert body["error"]["code"] == 400
    assert await admin.listed() == []


async def test_a_body_is_json(admin: Access) -> None:
    path = "/calendar/v3/calendars/primary/events"
    assert (await admin.raw("POST", path, data={"summary": "x"}))[0] == 400
    headers = {"Content-Type": "application/json"}
    assert (await admin.raw("POST", path, data=b"{", headers=headers))[0] == 400
    assert (await admin.raw("POST", path, data=b"[]", headers=headers))[0] == 400


async def test_all_day_events_have_dates(admin: Access) -> None:
    event = await admin.insert(start={"date": "2026-03-02"}, end={"date": "2026-03-03"})
    assert event["start"] == {"date": "2026-03-02"}
    assert event["end"] == {"date": "2026-03-03"}


async def test_a_patch_changes_what_it_names(admin: Access) -> None:
    event = await admin.insert(
        description="Kept", extendedProperties={"private": {"booking": "1", "assignment": "1"}}
    )
    patched = await admin.run(
        admin.events.patch(
            calendarId="primary",
            eventId=event["id"],
            body={"summary": "New", "extendedProperties": {"private": {"assignment": "2", "booking": None}}},
        )
    )
    assert patched["summary"] == "New"
    assert patched["description"] == "Kept"
    assert patched["extendedProperties"] == {"private": {"assignment": "2"}}
    assert patched["etag"] != event["etag"]
    assert patched["sequence"] == 0
    removed = await admin.run(
        admin.events.patch(calendarId="primary", eventId=event["id"], body={"description": None})
    )
    assert "description" not in removed


async def test_an_update_replaces_everything(admin: Access) -> None:
    event = await admin.insert(description="Gone")
    updated = await admin.run(
        admin.events.update(
            calendarId="primary",
            eventId=event["id"],
            body={"summary": "New", "start": event["start"], "end": event["end"]},
        )
    )
    assert "description" not in updated
    assert updated["iCalUID"] == event["iCalUID"]
    async with refusal(400, "required"):
        await admin.run(admin.events.update(calendarId="primary", eventId=event["id"], body={"summary": "x"}))


async def test_moving_raises_the_sequence_which_cannot_be_lowered(admin: Access) -> None:
    event = await admin.insert()
    move = admin.events.patch(
        calendarId="primary",
        eventId=event["id"],
        body=hour("2026-03-03T09:00:00Z", "2026-03-03T10:00:00Z"),
    )
    assert (await admin.run(move))["sequence"] == 1
    assert (await admin.run(move))["sequence"] == 1
    own = admin.events.patch(calendarId="primary", eventId=event["id"], body={"sequence": 5})
    assert (await admin.run(own))["sequence"] == 5
    async with refusal(400, "invalid"):
        await admin.run(admin.events.patch(calendarId="primary", eventId=event["id"], body={"sequence": 4}))


async def test_deleting_cancels_and_twice_is_gone(admin: Access) -> None:
    event = await admin.insert()
    delete = admin.events.delete(calendarId="primary", eventId=event["id"])
    await admin.run(delete)
    async with refusal(410, "deleted"):
        await admin.run(delete)
    shown = await admin.run(admin.events.get(calendarId="primary", eventId=event["id"]))
    assert shown["status"] == "cancelled"
    restore = admin.events.patch(calendarId="primary", eventId=event["id"], body={"status": "confirmed"})
    assert (await admin.run(restore))["status"] == "confirmed"


async def test_what_is_not_there(admin: Access) -> None:
    async with refusal(404, "notFound"):
        await admin.run(admin.events.get(calendarId="primary", eventId="nosuchevent"))
    async with refusal(404, "notFound"):
        await admin.run(admin.events.delete(calendarId="primary", eventId="nosuchevent"))
    async with refusal(404, "notFound"):
        await admin.insert("nobody@acme.test")
    async with refusal(404, "notFound"):
        await admin.insert("olga@beta.test")


async def test_a_calendar_that_is_only_read(admin: Access) -> None:
    async with refusal(403, "requiredAccessLevel"):
        await admin.insert("en.ch#holiday@group.v.calendar.google.com")


async def test_if_match_refuses_a_change_of_what_changed(admin: Access) -> None:
    event = await admin.insert()
    request = admin.events.patch(calendarId="primary", eventId=event["id"], body={"summary": "A"})
    request.headers["If-Match"] = event["etag"]
    await admin.run(request)
    async with refusal(412, "conditionNotMet"):
        await admin.run(request)


async def test_meet_is_made_when_asked_for(admin: Access) -> None:
    asked = {"createRequest": {"requestId": "booking-1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}}
    event = await admin.insert(conferenceData=asked, conferenceDataVersion=1)
    assert event["hangoutLink"].startswith("https://meet.google.com/")
    assert event["conferenceData"]["entryPoints"][0]["uri"] == event["hangoutLink"]
    assert event["conferenceData"]["createRequest"]["status"] == {"statusCode": "success"}

    async def patched(body: dict[str, Any], version: int) -> Any:
        return await admin.run(
            admin.events.patch(
                calendarId="primary", eventId=event["id"], body=body, conferenceDataVersion=version
            )
        )

    assert (await patched({"summary": "x"}, 0))["hangoutLink"] == event["hangoutLink"]
    assert (await patched({"conferenceData": None}, 0))["hangoutLink"] == event["hangoutLink"]
    assert (await patched({"conferenceData": asked}, 1))["hangoutLink"] == event["hangoutLink"]
    assert "hangoutLink" not in await patched({"conferenceData": None}, 1)


async def test_meet_is_not_made_for_clients_that_do_not_say_they_know_it(admin: Access) -> None:
    asked = {"createRequest": {"requestId": "booking-1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}}
    assert "conferenceData" not in await admin.insert(conferenceData=asked)
    async with refusal(400, "required"):
        await admin.insert(conferenceData={"createRequest": {}}, conferenceDataVersion=1)


async def test_a_conference_may_be_taken_over_from_another_event(admin: Access) -> None:
    first = await admin.insert(
        conferenceData={"createRequest": {"requestId": "booking-1"}}, conferenceDataVersion=1
    )
    second = await admin.insert(conferenceData=first["conferenceData"], conferenceDataVersion=1)
    assert second["hangoutLink"] != first["hangoutLink"]
    data = {**first["conferenceData"], "createRequest": None, "notes": None}
    third = await admin.insert(conferenceData=data, conferenceDataVersion=1)
    assert third["hangoutLink"] == first["hangoutLink"]
    unusable: list[Any] = [[], [{}], [{"uri": None}], None]
    for points in unusable:
        async with refusal(400, "invalid"):
            await admin.insert(conferenceData={**data, "entryPoints": points}, conferenceDataVersion=1)


async def test_recurring_events_are_said_not_to_be_implemented(admin: Access) -> None:
    async with refusal(501, "notImplemented"):
        await admin.insert(recurrence=["RRULE:FREQ=DAILY"])


async def test_partial_answers(admin: Access) -> None:
    event = await admin.insert(fields="id,start/dateTime,organizer(email)")
    assert set(event) == {"id", "start", "organizer"}
    assert set(event["start"]) == {"dateTime"}
    assert set(event["organizer"]) == {"email"}
    for fields in ("nonsense", "start/nonsense", "id,", "start(", ""):
        async with refusal(400, "invalidParameter"):
            await admin.insert(fields=fields)
