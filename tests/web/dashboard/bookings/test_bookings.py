"""The bookings' room: what comes next first; hosts cancel, move to any free time, record no-shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.support.dashboard.server import DESKTOP, PHONE, downloaded

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace


async def test_what_comes_next_is_first(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    for day, name in (("23", "Second"), ("20", "First"), ("24", "Third")):
        link = await admin.new_link(workspace.page)
        await dashboard.customer.booked(link["code"], f"2026-11-{day}T09:00:00Z", name=name)
    text = await (await dashboard.get(admin, "/dashboard/bookings")).text()
    assert text.index("First") < text.index("Second") < text.index("Third")
    dashboard.clock.forward(days=5)
    text = await (await dashboard.get(admin, "/dashboard/bookings")).text()
    assert [name in text for name in ("First", "Second", "Third")] == [False, False, True]
    past = await (await dashboard.get(admin, "/dashboard/bookings?when=past")).text()
    assert past.index("Second") < past.index("First")
    assert "Third" not in past
    mine = await (await dashboard.get(member, "/dashboard/bookings?when=all&mine=1")).text()
    assert "First" not in mine
    found = await (await dashboard.get(admin, "/dashboard/bookings?when=all&q=thi")).text()
    assert [name in found for name in ("First", "Third")] == [False, True]


async def test_the_whole_list_is_downloaded_with_its_filters_and_in_its_order(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    for day, name in (("23", "Second"), ("20", "First"), ("24", "Third")):
        link = await admin.new_link(workspace.page)
        await dashboard.customer.booked(link["code"], f"2026-11-{day}T09:00:00Z", name=name)
    dashboard.clock.forward(days=5)
    text = await (await dashboard.get(admin, "/dashboard/bookings?when=past")).text()
    assert 'href="/dashboard/bookings.csv?when=past"' in text
    for query, names in (
        ("", ["Third"]),
        ("?when=past", ["Second", "First"]),
        ("?when=all", ["Third", "Second", "First"]),
        ("?when=all&q=sec", ["Second"]),
        ("?when=all&page=nothing", []),
        ("?when=all&domain=customer.test", ["Third", "Second", "First"]),
        ("?when=all&domain=other.test", []),
        ("?when=all&event_type=nothing", []),
    ):
        rows = await downloaded(dashboard, admin, f"/dashboard/bookings.csv{query}")
        assert [row["Name"] for row in rows] == names
    [row] = await downloaded(dashboard, admin, "/dashboard/bookings.csv")
    shown = {name: row[name] for name in ("State", "Start", "End", "Hosts", "Page")}
    assert shown == {
        "State": "Scheduled",
        "Start": "2026-11-24 10:00",
        "End": "2026-11-24 10:30",
        "Hosts": "Ada Admin",
        "Page": "Talk to Ada",
    }


async def test_a_cancelled_booking_is_not_among_what_comes_next(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    booking = await dashboard.customer.booked(link["code"], "2026-11-20T09:00:00Z", name="Carla Cole")
    await admin.post(f"/bookings/{booking['id']}/cancel")
    assert "Carla Cole" not in await (await dashboard.get(admin, "/dashboard/bookings")).text()
    for when in ("cancelled", "all"):
        assert "Carla Cole" in await (await dashboard.get(admin, f"/dashboard/bookings?when={when}")).text()


async def test_a_booking_shows_what_was_answered(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    form = [{"id": "company", "label": "Your company?", "kind": "text", "required": True}]
    page = await admin.new_page(workspace.event_type, form=form)
    link = await admin.new_link(page)
    booking = await dashboard.customer.booked(
        link["code"],
        "2026-11-20T09:00:00Z",
        answers={"company": "Cole & Sons"},
        notes="<script>alert(1)</script>",
    )
    text = await (await dashboard.get(admin, f"/dashboard/bookings/{booking['id']}")).text()
    assert "Your company?" in text
    assert "Cole &amp; Sons" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "carla@customer.test" in text


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_a_booking_is_moved_and_cancelled(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, viewport: Any, scripts: bool
) -> None:
    link = await admin.new_link(workspace.page)
    booking = await dashboard.customer.booked(link["code"], "2026-11-20T09:00:00Z")
    other = await admin.new_link(workspace.page)
    await dashboard.customer.booked(other["code"], "2026-11-20T13:00:00Z")
    page = await dashboard.page(admin, viewport=viewport, java_script_enabled=scripts)
    await page.goto("/dashboard/bookings")
    await page.get_by_role("link", name="Carla Customer").first.click()
    await page.get_by_role("link", name="Reschedule").click()
    await expect(page.get_by_text("14:00", exact=True), "the other booking is there").to_have_count(0)
    await page.get_by_label("Another time").fill("14:15")
    await page.get_by_role("button", name="Move booking").click()
    await expect(page.get_by_text("That time was just taken.")).to_be_visible()
    await expect(page.get_by_label("Another time")).to_have_value("14:15")
    await page.get_by_label("Another time").fill("19:30")
    await page.get_by_role("textbox", name="Reason").fill("A late one")
    await page.get_by_role("button", name="Move booking").click()
    await expect(page.get_by_text("The booking was rescheduled.")).to_be_visible()
    moved = (await admin.get(f"/bookings/{booking['id']}")).body
    assert (moved["start"], moved["status"]) == ("2026-11-20T18:30:00Z", "rescheduled")
    await page.get_by_role("link", name="Reschedule").click()
    await page.get_by_label("Day").fill("2026-11-23")
    await page.get_by_role("button", name="Show free times").click()
    await page.get_by_label("10:30").check()
    await page.get_by_role("button", name="Move booking").click()
    assert (await admin.get(f"/bookings/{booking['id']}")).body["start"] == "2026-11-23T09:30:00Z"
    await page.get_by_text("Cancel this booking").click()
    await page.get_by_role("textbox", name="Reason").fill("x" * 1001)
    await page.get_by_role("button", name="Cancel booking").click()
    await expect(page.get_by_role("textbox", name="Reason")).to_have_attribute("aria-invalid", "true")
    await page.get_by_role("textbox", name="Reason").fill("We cannot come")
    await page.get_by_role("button", name="Cancel booking").click()
    await expect(page.get_by_text("Cancelled by Ada Admin")).to_be_visible()
    await expect(page.get_by_text("We cannot come")).to_be_visible()
    assert (await admin.get(f"/bookings/{booking['id']}")).body["status"] == "cancelled"
    await expect(page.get_by_role("link", name="Reschedule")).to_have_count(0)


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"start": "", "date": "2026-11-20", "time": ""}, 422, "Choose one of the times"),
        ({"start": "", "date": "soon", "time": "10:00"}, 422, "Choose a date."),
        ({"start": "soon"}, 422, "Give a time such as"),
        ({"start": "2026-11-10T09:00:00Z"}, 409, "Choose a time in the future."),
        ({"start": "", "date": "2026-11-10", "time": "10:00"}, 409, "Choose a time in the future."),
    ],
)
async def test_a_time_that_cannot_be_is_said_at_its_field(
    dashboard: DashboardServer,
    admin: Api,
    workspace: Workspace,
    fields: dict[str, str],
    status: int,
    said: str,
) -> None:
    link = await admin.new_link(workspace.page)
    booking = await dashboard.customer.booked(link["code"], "2026-11-20T09:00:00Z")
    room = f"/dashboard/bookings/{booking['id']}"
    answer = await dashboard.post(admin, f"{room}/reschedule", **fields)
    assert answer.status == status
    assert said in await answer.text()
    assert (await admin.get(f"/bookings/{booking['id']}")).body["start"] == "2026-11-20T09:00:00Z"


async def test_a_no_show_is_recorded_once_it_has_begun(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    booking = await dashboard.customer.booked(link["code"], "2026-11-20T09:00:00Z")
    room = f"/dashboard/bookings/{booking['id']}"
    assert "Record a no-show" not in await (await dashboard.get(admin, room)).text()
    dashboard.clock.forward(days=1, hours=22)
    page = await dashboard.page(admin)
    await page.goto(room)
    await page.get_by_text("The customer did not come").click()
    await page.get_by_role("button", name="Record a no-show").click()
    await expect(page.get_by_text("Recorded as a no-show by Ada Admin")).to_be_visible()
    assert (await admin.get(f"/bookings/{booking['id']}")).body["status"] == "no_show"
    await page.get_by_text("The customer came after all").click()
    await page.get_by_role("button", name="Take back").click()
    await expect(page.get_by_text("No-show taken back by Ada Admin")).to_be_visible()
    assert (await admin.get(f"/bookings/{booking['id']}")).body["status"] == "scheduled"


async def test_times_are_read_in_the_zone_of_the_reader(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    await dashboard.customer.booked(link["code"], "2026-11-20T09:00:00Z")
    british = {"Accept-Language": "en-GB"}
    assert "10:00–10:30" in await (await dashboard.get(admin, "/dashboard/bookings", **british)).text()
    await dashboard.post(admin, "/dashboard/settings", name="Ada Admin", timezone="Pacific/Auckland")
    assert "22:00–22:30" in await (await dashboard.get(admin, "/dashboard/bookings", **british)).text()
    american = await (
        await dashboard.get(admin, "/dashboard/bookings", **{"Accept-Language": "en-US"})
    ).text()
    assert "PM" in american
