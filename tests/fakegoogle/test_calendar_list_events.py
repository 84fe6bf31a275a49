"""Lists of events: selections, pages, and incremental synchronisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.fakegoogle.apis import Access, access, hour, refusal

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle


@pytest.fixture
async def admin(google: FakeGoogle) -> Access:
    return await access(google)


async def _on(admin: Access, day: int, **more: Any) -> str:
    event = await admin.insert(
        **{**hour(f"2026-03-{day:02}T09:00:00Z", f"2026-03-{day:02}T10:00:00Z"), **more}
    )
    return str(event["id"])


async def test_the_interval_is_half_open_on_both_sides(admin: Access) -> None:
    event = await _on(admin, 2)
    assert await admin.listed(timeMin="2026-03-02T09:59:59Z") == [event]
    assert await admin.listed(timeMin="2026-03-02T10:00:00Z") == []
    assert await admin.listed(timeMax="2026-03-02T09:00:01Z") == [event]
    assert await admin.listed(timeMax="2026-03-02T09:00:00Z") == []
    async with refusal(400, "timeRangeEmpty"):
        await admin.listed(timeMin="2026-03-02T10:00:00Z", timeMax="2026-03-02T10:00:00Z")


async def test_selections(admin: Access) -> None:
    first = await _on(admin, 2, summary="Intro call", iCalUID="one@admitone.test")
    second = await _on(
        admin,
        3,
        attendees=[{"email": "carla@else.test"}],
        extendedProperties={"private": {"booking": "7"}, "shared": {"kind": "demo"}},
    )
    assert await admin.listed() == [first, second]
    assert await admin.listed(q="intro") == [first]
    assert await admin.listed(q="carla@else.test") == [second]
    assert await admin.listed(iCalUID="one@admitone.test") == [first]
    assert await admin.listed(privateExtendedProperty="booking=7") == [second]
    assert await admin.listed(privateExtendedProperty=["booking=7", "booking=8"]) == []
    assert await admin.listed(sharedExtendedProperty="kind=demo") == [second]
    assert await admin.listed(eventTypes=["focusTime"]) == []


async def test_order(admin: Access) -> None:
    late, early = await _on(admin, 9), await _on(admin, 2)
    assert await admin.listed(orderBy="updated") == [late, early]
    assert await admin.listed(orderBy="startTime", singleEvents=True) == [early, late]
    async with refusal(400, "invalid"):
        await admin.listed(orderBy="startTime")


async def test_pages(admin: Access) -> None:
    events = [await _on(admin, day) for day in range(2, 7)]
    request = admin.events.list(calendarId="primary", maxResults=2)
    found, pages = [], 0
    while request is not None:
        page = await admin.run(request)
        found += [event["id"] for event in page["items"]]
        pages += 1
        assert ("nextPageToken" in page) != ("nextSyncToken" in page)
        request = admin.events.list_next(request, page)
    assert (found, pages) == (events, 3)
    async with refusal(400, "invalid"):
        await admin.listed(pageToken="garbage")


async def test_a_page_token_belongs_to_its_query(admin: Access) -> None:
    for day in range(2, 5):
        await _on(admin, day)
    page = await admin.run(admin.events.list(calendarId="primary", maxResults=1))
    async with refusal(400, "invalid"):
        await admin.listed(pageToken=page["nextPageToken"], q="other")


async def test_synchronisation_tells_what_changed_deletions_too(admin: Access) -> None:
    kept, gone = await _on(admin, 2), await _on(admin, 3)

    async def sync(token: str) -> tuple[dict[str, str], str]:
        answer = await admin.run(admin.events.list(calendarId="primary", syncToken=token))
        return {event["id"]: event["status"] for event in answer["items"]}, answer["nextSyncToken"]

    token = (await admin.run(admin.events.list(calendarId="primary")))["nextSyncToken"]
    assert await sync(token) == ({}, token)
    new = await _on(admin, 4)
    await admin.run(admin.events.delete(calendarId="primary", eventId=gone))
    changes, later = await sync(token)
    assert changes == {new: "confirmed", gone: "cancelled"}
    assert kept not in changes
    assert (await sync(later))[0] == {}
    assert (await sync(token))[0] == changes


async def test_changes_between_pages_are_told_by_the_next_synchronisation(admin: Access) -> None:
    await _on(admin, 2), await _on(admin, 3)
    first = await admin.run(admin.events.list(calendarId="primary", maxResults=1))
    between = await _on(admin, 4)
    second = await admin.run(
        admin.events.list(calendarId="primary", maxResults=1, pageToken=first["nextPageToken"])
    )
    assert between not in [event["id"] for event in second["items"]]
    assert await admin.listed(syncToken=second["nextSyncToken"]) == [between]


async def test_sync_tokens_expire_and_do_not_go_with_selections(google: FakeGoogle, admin: Access) -> None:
    token = (await admin.run(admin.events.list(calendarId="primary")))["nextSyncToken"]
    for parameters in ({"timeMin": "2026-03-02T10:00:00Z"}, {"q": "x"}, {"showDeleted": False}):
        async with refusal(400, "invalid"):
            await admin.listed(syncToken=token, **parameters)
    async with refusal(400, "invalid"):
        await admin.listed(syncToken="garbage")
    await google.control("sync-tokens/expire", account="admin@acme.test")
    async with refusal(410, "fullSyncRequired"):
        await admin.listed(syncToken=token)
    fresh = (await admin.run(admin.events.list(calendarId="primary")))["nextSyncToken"]
    assert await admin.listed(syncToken=fresh) == []


async def test_deleted_events_are_shown_when_asked(admin: Access) -> None:
    event = await _on(admin, 2)
    await admin.run(admin.events.delete(calendarId="primary", eventId=event))
    assert await admin.listed() == []
    assert await admin.listed(showDeleted=True) == [event]
