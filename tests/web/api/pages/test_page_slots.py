"""`GET /api/v1/pages/ID/slots`: a page's times for a member, and when this member is busy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import ROUND_THE_CLOCK, answered, refused
from tests.support.api.deployment import Clock

if TYPE_CHECKING:
    from tests.support.api.calling import Api

THURSDAY = {"from_": "2026-11-19", "to": "2026-11-19", "timezone": "UTC"}


@pytest.fixture
async def page(admin: Api) -> Any:
    """A page that offers half hours at each quarter of an hour."""
    schedule = {"timezone": "Europe/Paris", "weekly": ROUND_THE_CLOCK}
    event_type = await admin.new_event_type(increment_minutes=15)
    return await admin.new_page(event_type, schedule=schedule)


async def _book(host: Api, customer: Api, page: Any, *starts: str) -> None:
    for start in starts:
        link = await host.new_link(page)
        await customer.booked(link["code"], f"{start}:00Z")


async def test_the_times_are_those_of_a_customer(admin: Api, customer: Api, page: Any) -> None:
    await _book(admin, customer, page, "2026-11-19T10:00")
    link = await admin.new_link(page)
    found = answered(await admin.get(f"/pages/{page['id']}/slots", **THURSDAY))
    assert found.pop("busy") == [["2026-11-19T10:00:00Z", "2026-11-19T10:30:00Z"]]
    assert found == answered(await customer.get(f"/book/{link['code']}/slots", **THURSDAY))


async def test_bookings_that_touch_are_one_busy_time_and_cancelled_ones_none(
    admin: Api, customer: Api, page: Any
) -> None:
    await _book(
        admin, customer, page, "2026-11-19T14:00", "2026-11-19T10:30", "2026-11-19T10:00", "2026-11-19T18:00"
    )
    [cancelled] = (await admin.get("/bookings", from_="2026-11-19T17:00:00Z")).items
    answered(await admin.post(f"/bookings/{cancelled['id']}/cancel", {}))
    found = answered(await admin.get(f"/pages/{page['id']}/slots", **THURSDAY))
    assert found["busy"] == [
        ["2026-11-19T10:00:00Z", "2026-11-19T11:00:00Z"],
        ["2026-11-19T14:00:00Z", "2026-11-19T14:30:00Z"],
    ]


async def test_only_the_caller_s_own_busy_time_is_shown(
    admin: Api, member: Api, customer: Api, page: Any
) -> None:
    own = await member.new_page({"id": page["event_types"][0]}, slug="own", schedule=page["schedule"])
    await _book(admin, customer, page, "2026-11-19T10:00")
    await _book(member, customer, own, "2026-11-19T12:00")
    shared = {}
    for caller in (admin, member):
        for shown in (page, own):
            found = answered(await caller.get(f"/pages/{shown['id']}/slots", **THURSDAY))
            shared[caller.user, shown["id"]] = found["busy"]
    of_admin = [["2026-11-19T10:00:00Z", "2026-11-19T10:30:00Z"]]
    of_member = [["2026-11-19T12:00:00Z", "2026-11-19T12:30:00Z"]]
    assert shared == {
        (admin.user, page["id"]): of_admin,
        (admin.user, own["id"]): of_admin,
        (member.user, page["id"]): of_member,
        (member.user, own["id"]): of_member,
    }


async def test_busy_time_is_cut_at_the_asked_zone_s_midnights(admin: Api, customer: Api, page: Any) -> None:
    """Midnight in Kiritimati is 10:00 UTC, in Kathmandu 18:15."""
    await _book(admin, customer, page, "2026-11-19T09:45", "2026-11-19T18:00")
    busy = {}
    for zone in ("Pacific/Kiritimati", "Asia/Kathmandu"):
        for day in ("2026-11-19", "2026-11-20"):
            asked = {"from_": day, "to": day, "timezone": zone}
            found = answered(await admin.get(f"/pages/{page['id']}/slots", **asked))
            busy[zone, day] = [[start[11:16], end[11:16]] for start, end in found["busy"]]
    assert busy == {
        ("Pacific/Kiritimati", "2026-11-19"): [["09:45", "10:00"]],
        ("Pacific/Kiritimati", "2026-11-20"): [["10:00", "10:15"], ["18:00", "18:30"]],
        ("Asia/Kathmandu", "2026-11-19"): [["09:45", "10:15"], ["18:00", "18:15"]],
        ("Asia/Kathmandu", "2026-11-20"): [["18:15", "18:30"]],
    }


class TestWhenClocksChange:
    """New York's clocks go back on 2026-11-01, so that its day lasts from 04:00 UTC to 05:00 UTC."""

    @pytest.fixture
    def clock(self) -> Clock:
        return Clock(int(datetime(2026, 10, 28, tzinfo=UTC).timestamp()))

    async def test_the_long_day_is_shown_whole(self, admin: Api, customer: Api, page: Any) -> None:
        starts = ("2026-11-01T03:45", "2026-11-01T05:00", "2026-11-01T06:00", "2026-11-02T04:45")
        await _book(admin, customer, page, *starts)
        asked = {"from_": "2026-11-01", "to": "2026-11-01", "timezone": "America/New_York"}
        found = answered(await admin.get(f"/pages/{page['id']}/slots", **asked))
        assert [[start[8:16], end[8:16]] for start, end in found["busy"]] == [
            ["01T04:00", "01T04:15"],
            ["01T05:00", "01T05:30"],
            ["01T06:00", "01T06:30"],
            ["02T04:45", "02T05:00"],
        ]


async def test_it_refuses_what_it_refused_before(admin: Api, stranger: Api, page: Any) -> None:
    path = f"/pages/{page['id']}/slots"
    refused(await admin.get("/pages/nothing/slots", **THURSDAY), 404, "not-found")
    refused(await stranger.get(path, **THURSDAY), 404, "not-found")
    unknown = await admin.get(path, **(THURSDAY | {"timezone": "Mars/Olympus"}))
    refused(unknown, 422, "invalid", "timezone")
