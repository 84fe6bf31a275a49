"""The list of bookings, what comes next first, and what it and a booking's room show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.dashboard.server import downloaded

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


async def test_the_customers_own_time_stands_beside_the_hosts_if_it_differs(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    british = {"Accept-Language": "en-GB"}
    for start, zone in (("09:00", "Europe/Berlin"), ("10:00", "America/New_York"), ("15:00", "Asia/Tokyo")):
        link = await admin.new_link(workspace.page)
        booking = await dashboard.customer.booked(
            link["code"], f"2026-11-20T{start}:00Z", name=zone.split("/")[1], timezone=zone
        )
        room = await (await dashboard.get(admin, f"/dashboard/bookings/{booking['id']}", **british)).text()
        assert zone not in room, "zones are named by their city"
    listed = await (await dashboard.get(admin, "/dashboard/bookings", **british)).text()
    assert "in Berlin" not in listed, "Berlin has the host's time"
    assert "05:00–05:30 in New York" in listed
    assert "Sat 21 Nov, 00:00–00:30 in Tokyo" in listed
    assert "Sat 21 Nov, 00:00–00:30 in Tokyo" in room
