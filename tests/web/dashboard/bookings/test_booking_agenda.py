"""The agenda: the bookings of a day or of a week in the host's zone, beside what their calendar blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import desktop_and_phone
from tests.support.google.connected import ACCOUNT, connect

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer, Window
    from tests.web.dashboard.conftest import Workspace

WEEKEND = ("sat", "sun", "mon")
BRITISH = {"Accept-Language": "en-GB"}


@desktop_and_phone
async def test_a_week_and_a_day_are_looked_at(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, window: Window
) -> None:
    for day, name in (("20", "Anna"), ("24", "Boris"), ("24", "Clara"), ("27", "Dora")):
        hour = {"Clara": "12"}.get(name, "09")
        link = await admin.new_link(workspace.page)
        start = f"2026-11-{day}T{hour}:00:00Z"
        booking = await dashboard.customer.booked(link["code"], start, name=name)
    await admin.post(f"/bookings/{booking['id']}/cancel")
    page = await dashboard.page(admin, **window)
    await page.goto("/dashboard/bookings?q=carla")
    await page.get_by_role("link", name="Week", exact=True).click()
    await expect(page.get_by_role("heading", name="16–22 Nov 2026")).to_be_visible()
    await expect(page.locator(".date.today")).to_contain_text("Wed 18 Nov")
    await expect(page.locator(".date")).to_have_count(7)
    await expect(page.get_by_role("link", name="Anna")).to_be_visible()
    assert await violations(page) == [] if window["java_script_enabled"] else True
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("link", name="Next week").press("Enter")
    await expect(page.get_by_role("heading", name="23–29 Nov 2026")).to_be_visible()
    await expect(page.locator(".date", has_text="Tue 24 Nov").get_by_role("listitem")).to_have_count(2)
    await expect(page.get_by_text("Dora"), "it was cancelled").to_have_count(0)
    await expect(page.get_by_label("Name, email or note"), "the filters are kept").to_have_value("carla")
    await page.get_by_role("link", name="Tue 24 Nov").click()
    await expect(page.get_by_role("heading", name="Tuesday, 24 November 2026")).to_be_visible()
    await expect(page.locator(".who")).to_have_text(["Boris", "Clara"])
    await expect(page.get_by_label("Name, email or note")).to_have_value("carla")
    await page.get_by_label("Day", exact=True).fill("2026-11-20")
    await page.get_by_role("button", name="Filter").click()
    await page.get_by_role("link", name="Anna").click()
    await expect(page.get_by_role("heading", name="Anna")).to_be_visible()


async def test_a_host_filter_keeps_others_out(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    own = await member.new_page(workspace.event_type)
    for page, name in ((workspace.page, "Anna"), (own, "Boris")):
        link = await admin.new_link(page)
        await dashboard.customer.booked(link["code"], "2026-11-20T09:00:00Z", name=name)
    for query, names in (("", {"Anna", "Boris"}), (f"&host={member.user}", {"Boris"}), ("&mine=1", {"Anna"})):
        room = await dashboard.get(admin, f"/dashboard/bookings?view=day&date=2026-11-20{query}")
        assert set(re.findall("Anna|Boris", await room.text())) == names


async def test_days_are_those_of_the_hosts_zone_also_where_clocks_change(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    await admin.patch(
        f"/booking-pages/{workspace.page['id']}",
        {
            "schedule": {
                "timezone": "UTC",
                "weekly": {day: [["00:00", "24:00"]] for day in WEEKEND},
            }
        },
    )
    window = {"window": {"kind": "rolling_days", "days": 365}, "min_notice_minutes": 0}
    await admin.patch(f"/event-types/{workspace.event_type['id']}", window)
    await dashboard.post(admin, "/dashboard/settings", name="Ada Admin", timezone="Europe/Berlin")
    # On 2027-03-28 Berlin has 23 hours: from Saturday 23:00 UTC to Sunday 22:00 UTC.
    for start, name in (
        ("2027-03-27T22:30:00Z", "Saturday"),
        ("2027-03-27T23:00:00Z", "First"),
        ("2027-03-28T21:30:00Z", "Last"),
        ("2027-03-28T22:00:00Z", "Monday"),
    ):
        await dashboard.customer.booked((await admin.new_link(workspace.page))["code"], start, name=name)
    room = await dashboard.get(admin, "/dashboard/bookings?view=day&date=2027-03-28", **BRITISH)
    text = await room.text()
    assert [name in text for name in ("First", "Last")] == [True, True]
    assert ">Saturday<" not in text
    assert ">Monday<" not in text
    week = await (
        await dashboard.get(admin, "/dashboard/bookings?view=week&date=2027-03-28", **BRITISH)
    ).text()
    assert week.count('class="entry-booking"') == 3, "Monday is in the next week"


async def test_a_booking_over_midnight_is_on_both_days(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    booking = await dashboard.customer.booked(
        (await admin.new_link(workspace.page))["code"], "2026-11-20T09:00:00Z"
    )
    await admin.post(f"/bookings/{booking['id']}/reschedule", {"start": "2026-11-23T22:45:00Z"})
    for day, is_shown in (("22", False), ("23", True), ("24", True), ("25", False)):
        room = await dashboard.get(admin, f"/dashboard/bookings?view=day&date=2026-11-{day}", **BRITISH)
        assert ("Carla Customer" in await room.text()) == is_shown, day


async def test_the_ends_of_time_have_no_further_days(dashboard: DashboardServer, admin: Api) -> None:
    for date in ("9999-12-31", "0001-01-01", "soon", "9999-12-12", "0001-01-17"):
        for view in ("day", "week"):
            answer = await dashboard.get(admin, f"/dashboard/bookings?view={view}&date={date}")
            assert answer.status == 200, (view, date)


async def test_the_week_begins_as_the_reader_s_calendar_does(dashboard: DashboardServer, admin: Api) -> None:
    for language, first in (("en-GB", "Mon 16 Nov"), ("en-US", "Sun, Nov 15")):
        room = await dashboard.get(
            admin, "/dashboard/bookings?view=week&date=2026-11-20", **{"Accept-Language": language}
        )
        text = await room.text()
        assert re.search(r"<h3><a [^>]*>([^<]+)<", text).group(1) == first  # type: ignore[union-attr]


async def test_what_the_hosts_calendar_blocks_is_shown_as_far_as_it_is_known(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    await connect(dashboard, admin)
    for start, end in (("23T11:00", "25T10:00"), ("26T09:00", "26T10:00")):
        times = {"start": {"dateTime": f"2026-11-{start}:00Z"}, "end": {"dateTime": f"2026-11-{end}:00Z"}}
        await dashboard.google.control(
            "act",
            account=ACCOUNT,
            method="calendar.events.insert",
            parameters={"calendarId": "primary"},
            body={"summary": "Dentist", **times},
        )
    week = "/dashboard/bookings?view=week&date=2026-11-23"
    assert "Busy in your calendar" not in await (await dashboard.get(admin, week, **BRITISH)).text()
    slots = f"/book/{workspace.page['slug']}/slots"
    assert (await dashboard.customer.get(slots, from_="2026-11-23", to="2026-11-27")).status == 200
    text = await (await dashboard.get(admin, week, **BRITISH)).text()
    busy = re.findall(r'<li class="busy"><span class="when">([^<]+)</span> Busy in your calendar', text)
    assert busy == ["from 12:00", "The whole day", "until 11:00", "10:00–11:00"]
    assert "Dentist" not in text
    for query, is_shown in (("&q=carla", False), (f"&host={admin.user}", True), ("&host=other", False)):
        filtered = await (await dashboard.get(admin, f"{week}{query}", **BRITISH)).text()
        assert ("Busy in your calendar" in filtered) == is_shown, query
