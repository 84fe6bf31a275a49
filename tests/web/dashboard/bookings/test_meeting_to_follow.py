"""A Meet link is promised only if the host's calendar can have one; otherwise the details follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import icalendar

from tests.support.google.connected import connect

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

START = "2026-11-23T09:00:00Z"
FOLLOWS = "Online meeting. Its details will follow."
PROMISE = "The link comes with the invitation"


async def test_without_a_calendar_the_details_follow(dashboard: DashboardServer, admin: Api) -> None:
    event_type = await admin.new_event_type(location={"kind": "google_meet"})
    page = await admin.new_page(event_type)
    [offered] = (await dashboard.customer.get(f"/book/{page['slug']}")).body["event_types"]
    assert offered["location"] == {"kind": "google_meet", "detail": FOLLOWS}
    shown = await (await dashboard.get(None, f"/{page['slug']}")).text()
    assert FOLLOWS in shown
    assert PROMISE not in shown

    booked = await dashboard.customer.booked(page["slug"], START)
    assert booked["location"] == {"kind": "google_meet", "detail": FOLLOWS}
    manage = "/manage/" + booked["manage_url"].rpartition("/")[2]
    assert FOLLOWS in await (await dashboard.get(None, manage)).text()
    file = icalendar.Calendar.from_ical(await (await dashboard.get(None, f"{manage}/invite.ics")).text())
    assert file.walk("VEVENT")[0]["LOCATION"] == FOLLOWS
    room = await (await dashboard.get(admin, f"/dashboard/bookings/{booked['id']}")).text()
    assert "None, because the host’s calendar was not connected." in room
    assert "Connect calendar" in room


async def test_with_a_calendar_the_link_is_promised(dashboard: DashboardServer, admin: Api) -> None:
    await connect(dashboard, admin)
    event_type = await admin.new_event_type(location={"kind": "google_meet"})
    page = await admin.new_page(event_type)
    [offered] = (await dashboard.customer.get(f"/book/{page['slug']}")).body["event_types"]
    assert offered["location"] == {"kind": "google_meet", "detail": ""}
    assert PROMISE in await (await dashboard.get(None, f"/{page['slug']}")).text()
    booked = await dashboard.customer.booked(page["slug"], START)
    assert booked["location"] == {"kind": "google_meet", "detail": ""}


async def test_a_team_promises_a_link_only_if_each_host_has_a_calendar(
    dashboard: DashboardServer, admin: Api, member: Api
) -> None:
    event_type = await admin.new_event_type(location={"kind": "google_meet"})
    pages = [await admin.new_page(event_type), await member.new_page(event_type)]
    await connect(dashboard, admin)
    team = await admin.new_master_page(rule_type="static", pages=[page["id"] for page in pages])
    [offered] = (await dashboard.customer.get(f"/book/{team['slug']}")).body["event_types"]
    assert offered["location"]["detail"] == FOLLOWS
