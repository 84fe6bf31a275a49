"""The links' room: found by filters in the address, and each link changed at its own address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from admitone.domain.errors import LinkHasBooking
from tests.support.dashboard.server import DESKTOP, PHONE, downloaded

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

FRIDAY = "2026-11-20T09:00:00Z"


async def test_links_are_filtered_by_the_address(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    carla = await admin.new_link(workspace.page, person={"name": "Carla Cole", "email": "carla@x.test"})
    await dashboard.customer.booked(carla["code"], FRIDAY)
    revoked = await admin.new_link(workspace.page, note="withdrawn one")
    await admin.post(f"/links/{revoked['id']}/revoke")
    theirs = await member.new_link(workspace.page, note="made by Max")
    for query, shown in (
        ("", {"Carla Cole", "withdrawn one", "made by Max"}),
        ("?status=booked", {"Carla Cole"}),
        ("?status=revoked", {"withdrawn one"}),
        ("?status=active", {"made by Max"}),
        ("?mine=1", {"Carla Cole", "withdrawn one"}),
        ("?q=car", {"Carla Cole"}),
        ("?q=carla%40x.test&status=booked", {"Carla Cole"}),
        (f"?page={workspace.page['id']}", {"Carla Cole", "withdrawn one", "made by Max"}),
        ("?page=nothing", set()),
        ("?status=nonsense&mine=", {"Carla Cole", "withdrawn one", "made by Max"}),
    ):
        answer = await dashboard.get(admin, f"/dashboard/links{query}")
        assert answer.status == 200, query
        text = await answer.text()
        assert {name for name in ("Carla Cole", "withdrawn one", "made by Max") if name in text} == shown, (
            query
        )
    assert theirs["status"] == "active"


async def test_an_address_that_no_list_gave_is_refused_in_words(
    dashboard: DashboardServer, admin: Api
) -> None:
    answer = await dashboard.get(admin, "/dashboard/links?cursor=nonsense")
    assert answer.status == 422
    assert "This is not a cursor that a list answered." in await answer.text()


async def test_the_whole_list_is_downloaded_with_its_filters(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    people = [{"name": f"Person {number}", "email": "p@x.test"} for number in range(30)]
    await admin.post("/links/batch", {"page": workspace.page["id"], "people": people})
    await admin.new_link(workspace.page, person={"name": "=Carla", "email": "carla@x.test"}, note="one")
    text = await (await dashboard.get(admin, "/dashboard/links?q=person&said=saved")).text()
    assert 'href="/dashboard/links.csv?q=person"' in text
    rows = await downloaded(dashboard, admin, "/dashboard/links.csv?q=person")
    assert len(rows) == 30
    [row] = await downloaded(dashboard, admin, "/dashboard/links.csv?q=carla", language="de")
    assert row["Name"] == "'=Carla"
    assert "2026-11-18 12:06" in row.values()  # in Paris, where the page is
    assert "2026-11-18 11:06" not in row.values()
    text = await (await dashboard.get(admin, "/dashboard/links?q=nobody")).text()
    assert "links.csv" not in text


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_more_links_are_shown_on_demand(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, scripts: bool
) -> None:
    people = [{"name": f"Person {number}", "email": "p@x.test"} for number in range(60)]
    await admin.post("/links/batch", {"page": workspace.page["id"], "people": people})
    page = await dashboard.page(admin, java_script_enabled=scripts)
    await page.goto("/dashboard/links")
    seen = set(await page.locator(".row-title").all_inner_texts())
    for rows in (50, 60) if scripts else (25, 10):
        await page.get_by_role("link", name="Show more").click()
        await page.wait_for_function(f"() => document.querySelectorAll('.row').length === {rows}")
        seen |= set(await page.locator(".row-title").all_inner_texts())
    assert len(seen) == 60
    await expect(page.get_by_role("link", name="Show more")).to_have_count(0)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_a_link_is_changed_revoked_and_reactivated(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, viewport: Any, scripts: bool
) -> None:
    link = await admin.new_link(workspace.page, note="for the fair")
    page = await dashboard.page(admin, viewport=viewport, java_script_enabled=scripts)
    await page.goto("/dashboard/links")
    await page.get_by_role("link", name="for the fair").click()
    await expect(page.get_by_label("The link's address")).to_have_value(link["url"])
    await page.get_by_label("Days from now").check()
    await page.get_by_label("How many").fill("400")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_label("How many")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("How many").fill("7")
    await page.get_by_label("Note").fill("for the other fair")
    await page.get_by_label("If its booking is cancelled").select_option("reactivate")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status").first).to_have_text("Saved.")
    changed = (await admin.get(f"/links/{link['id']}")).body
    assert (changed["note"], changed["on_cancel"]) == ("for the other fair", "reactivate")
    assert changed["expires_at"] == "2026-11-25T11:06:40Z"
    await page.get_by_text("Revoke this link").click()
    await page.get_by_role("button", name="Revoke link").click()
    await expect(page.get_by_text("Revoked by Ada Admin")).to_be_visible()
    assert (await dashboard.get(None, f"/.{link['code']}")).status == 410
    await page.get_by_role("button", name="Reactivate link").click()
    await expect(page.get_by_text("Reactivated by Ada Admin")).to_be_visible()
    assert (await admin.get(f"/links/{link['id']}")).body["status"] == "active"


async def test_leaving_the_expiry_as_it_is_does_not_count_anew(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    dashboard.clock.forward(days=3)
    fields = {"expiry": "keep", "expires_in_days": "", "note": "x", "on_cancel": "keep"}
    await dashboard.post(admin, f"/dashboard/links/{link['id']}", **fields)
    assert (await admin.get(f"/links/{link['id']}")).body["expires_at"] == link["expires_at"]
    await dashboard.post(admin, f"/dashboard/links/{link['id']}", **fields | {"expiry": "never"})
    assert (await admin.get(f"/links/{link['id']}")).body["expires_at"] is None


async def test_a_booked_link_tells_its_story(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page, person={"name": "Carla Cole", "email": "carla@x.test"})
    await dashboard.get(None, f"/.{link['code']}")
    booking = await dashboard.customer.booked(link["code"], FRIDAY)
    await admin.post(f"/bookings/{booking['id']}/cancel", {"reason": "I am ill <b>today</b>"})
    text = await (await dashboard.get(admin, f"/dashboard/links/{link['id']}")).text()
    for said in (
        "Made by Ada Admin",
        "Fetched for the first time",
        "Booked by the customer, though no person was seen to open it",
        "Cancelled by Ada Admin",
        "I am ill &lt;b&gt;today&lt;/b&gt;",
        f"/dashboard/bookings/{booking['id']}",
    ):
        assert said in text
    assert "Reactivate link" in text
    answer = await dashboard.post(admin, f"/dashboard/links/{link['id']}/revoke")
    assert answer.status == 409
    assert LinkHasBooking.sentence in await answer.text()


async def test_looking_at_rooms_changes_nothing(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    before = (await admin.get(f"/links/{link['id']}")).body
    for _ in range(2):
        for room in (
            "",
            "/links",
            f"/links/{link['id']}",
            "/bookings",
            "/share",
            "/pages",
            "/settings/api-keys",
        ):
            assert (await dashboard.get(admin, f"/dashboard{room}")).status == 200
    assert (await admin.get(f"/links/{link['id']}")).body == before


async def test_what_a_report_leads_to_is_named_and_kept(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    for name, address, channel in (("Carla", "carla@x.test", "extension"), ("Dora", "dora@y.test", "api")):
        person = {"name": name, "email": address}
        await admin.new_link(workspace.page, person=person, channel=channel)
    page = await dashboard.page(admin, viewport=PHONE)
    await page.goto("/dashboard/links?domain=Y.test")
    await expect(page.locator(".row-title")).to_have_text(["Dora"])
    await expect(page.locator(".only")).to_have_text("Domain Y.test Show all")
    await page.get_by_role("button", name="Filter").click()
    await expect(page.locator(".row-title")).to_have_text(["Dora"])
    await page.get_by_role("link", name="Show all").click()
    await expect(page.locator(".row-title")).to_have_count(2)
    await page.goto("/dashboard/links?channel=extension")
    await expect(page.locator(".row-title")).to_have_text(["Carla"])
    await expect(page.locator(".only")).to_have_text("Channel Browser extension Show all")
    await page.goto(f"/dashboard/links?event_type={workspace.event_type['id']}")
    await expect(page.locator(".only")).to_have_text("Event type Half an hour Show all")
    await expect(page.get_by_text("No link matches.")).to_be_visible()
