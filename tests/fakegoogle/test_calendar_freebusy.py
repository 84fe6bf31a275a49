"""Free and busy, and the list of calendars."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admitone.fakegoogle.calendar.freebusy import join
from tests.support.fakegoogle.apis import Access, access, hour, refusal

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle

    Interval = tuple[datetime.datetime, datetime.datetime]


@pytest.fixture
async def admin(google: FakeGoogle) -> Access:
    return await access(google)


async def test_busy_time_is_joined_and_cut_to_what_was_asked(admin: Access) -> None:
    await admin.insert(**hour("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"))
    await admin.insert(**hour("2026-03-02T09:30:00Z", "2026-03-02T11:00:00Z"))
    await admin.insert(**hour("2026-03-02T11:00:00Z", "2026-03-02T12:00:00Z"))
    await admin.insert(**hour("2026-03-02T14:00:00Z", "2026-03-02T15:00:00Z"))
    await admin.insert(**hour("2026-03-01T23:00:00Z", "2026-03-02T01:00:00Z"))
    assert (await admin.busy())["primary"]["busy"] == [
        {"start": "2026-03-02T00:00:00Z", "end": "2026-03-02T01:00:00Z"},
        {"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T12:00:00Z"},
        {"start": "2026-03-02T14:00:00Z", "end": "2026-03-02T15:00:00Z"},
    ]


async def test_free_cancelled_and_declined_events_do_not_block(google: FakeGoogle, admin: Access) -> None:
    member = await access(google, "member@acme.test")
    await admin.insert(transparency="transparent")
    cancelled = await admin.insert()
    await admin.run(admin.events.delete(calendarId="primary", eventId=cancelled["id"]))
    await member.insert(attendees=[{"email": "admin@acme.test", "responseStatus": "declined"}])
    assert (await admin.busy())["primary"]["busy"] == []
    await member.insert(attendees=[{"email": "admin@acme.test"}])
    assert len((await admin.busy())["primary"]["busy"]) == 1


async def test_all_day_events_block_their_day_in_the_calendars_zone(admin: Access) -> None:
    await admin.insert(start={"date": "2026-03-02"}, end={"date": "2026-03-03"})
    assert (await admin.busy())["primary"]["busy"] == [
        {"start": "2026-03-02T00:00:00Z", "end": "2026-03-02T23:00:00Z"}
    ]
    shown = (await admin.busy(timeZone="Europe/Zurich"))["primary"]["busy"]
    assert shown == [{"start": "2026-03-02T01:00:00+01:00", "end": "2026-03-03T00:00:00+01:00"}]


async def test_colleagues_see_each_others_busy_time_and_strangers_nothing(
    google: FakeGoogle, admin: Access
) -> None:
    await admin.insert()
    member = await access(google, "member@acme.test")
    answer = await member.busy("admin@acme.test", "olga@beta.test", "primary")
    assert len(answer["admin@acme.test"]["busy"]) == 1
    assert answer["primary"]["busy"] == []
    assert answer["olga@beta.test"]["errors"] == [{"domain": "global", "reason": "notFound"}]
    async with refusal(404, "notFound"):
        await member.run(member.events.list(calendarId="admin@acme.test"))


async def test_more_than_fifty_calendars_are_too_many(admin: Access) -> None:
    answer = await admin.busy(*(f"c{n}@group.calendar.google.com" for n in range(50)), "primary")
    assert answer["primary"]["errors"][0]["reason"] == "tooManyCalendarsRequested"


async def test_what_freebusy_refuses(admin: Access) -> None:
    for more, reason in (
        ({"timeMin": None}, "required"),
        ({"timeMin": "2026-03-02T00:00:00"}, "badRequest"),
        ({"timeMin": "2026-03-03T00:00:00Z"}, "timeRangeEmpty"),
        ({"timeZone": "Mars/Olympus"}, "invalid"),
        ({"calendarExpansionMax": 51}, "invalid"),
        ({"user": "x"}, "invalid"),
    ):
        async with refusal(400, reason):
            await admin.busy(**more)


async def test_the_list_has_own_calendars_and_those_that_are_read(admin: Access) -> None:
    answer = await admin.run(admin.calendar.calendarList().list())
    roles = {entry["id"]: entry["accessRole"] for entry in answer["items"]}
    assert roles == {
        "admin@acme.test": "owner",
        "c_admin.acme.test@group.calendar.google.com": "owner",
        "en.ch#holiday@group.v.calendar.google.com": "reader",
    }
    assert [entry["id"] for entry in answer["items"] if entry.get("primary")] == ["admin@acme.test"]
    written = await admin.run(admin.calendar.calendarList().list(minAccessRole="writer", maxResults=1))
    rest = admin.calendar.calendarList().list(
        minAccessRole="writer", maxResults=1, pageToken=written["nextPageToken"]
    )
    assert "nextPageToken" not in await admin.run(rest)
    one = await admin.run(admin.calendar.calendarList().get(calendarId="primary"))
    assert one == answer["items"][0]


instants = st.integers(0, 50).map(
    lambda minutes: datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC) + datetime.timedelta(minutes=minutes)
)
intervals = st.lists(st.tuples(instants, instants).map(lambda pair: (min(pair), max(pair))))


@settings(deadline=None)
@given(intervals)
def test_joined_intervals_cover_the_same_and_do_not_touch(given_: list[Interval]) -> None:
    joined = join(sorted(given_))
    assert all(before[1] < after[0] for before, after in pairwise(joined))
    for start, end in given_:
        assert any(first <= start and end <= last for first, last in joined)
    assert {start for start, _ in joined} <= {start for start, _ in given_}
    assert {end for _, end in joined} <= {end for _, end in given_}
