"""Users and invitations in the dashboard: by hand, on a phone, without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.support.api.calling import a_rule
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace


@pytest.mark.parametrize(
    ("viewport", "scripts", "scheme"),
    [(DESKTOP, True, "light"), (PHONE, False, "dark")],
    ids=["desk", "phone"],
)
async def test_somebody_is_invited_and_a_user_is_changed(
    dashboard: DashboardServer, admin: Api, member: Api, viewport: Any, scripts: bool, scheme: Any
) -> None:
    page = await dashboard.page(admin, viewport=viewport, java_script_enabled=scripts, color_scheme=scheme)
    await page.goto("/dashboard/settings")
    await page.get_by_role("link", name="Users", exact=True).click()

    await page.get_by_label("Email").fill("nobody")
    await page.get_by_role("button", name="Invite", exact=True).click()
    await expect(page.get_by_label("Email")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Email").fill("ida@guest.test")
    await page.get_by_label("Role", exact=True).select_option("administrator")
    await page.get_by_role("button", name="Invite", exact=True).click()
    [invited] = (await admin.get("/invitations")).items
    assert invited["role"] == "administrator"
    link = page.get_by_label("The invitation for ida@guest.test", exact=True)
    await expect(link).to_have_value(invited["accept_url"])
    if scripts:
        assert await violations(page) == []
    else:
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("button", name="Withdraw the invitation for ida@guest.test").click()
    assert (await admin.get("/invitations")).items == []

    await _choose(page, "Ada Admin", "Make a member")
    await expect(page.get_by_role("alert")).to_contain_text("A workspace needs an administrator.")
    await _choose(page, "Max Member", "Make an administrator")
    assert (await admin.get(f"/users/{member.user}")).body["role"] == "administrator"
    await _choose(page, "Max Member", "Deactivate")
    assert (await member.get("/me")).status == 401
    await _choose(page, "Max Member", "Activate again")
    assert (await admin.get(f"/users/{member.user}")).body["active"]
    assert (await member.get("/me")).status == 401, "what was ended before stays ended"


async def test_an_invitation_is_a_page_that_says_who_invites_whom(
    dashboard: DashboardServer, admin: Api
) -> None:
    invited = (await admin.post("/invitations", {"email": "ida@guest.test"})).body
    for viewport, scheme in (DESKTOP, "light"), (PHONE, "dark"):
        page = await dashboard.page(viewport=viewport, color_scheme=scheme)
        await page.goto(invited["accept_url"])
        await expect(page.get_by_text("ida@guest.test")).to_be_visible()
        assert await violations(page) == []
        await page.get_by_role("button", name="Accept and sign in with Google").wait_for()


async def test_the_bookings_of_who_is_deactivated_are_seen_to(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    own = await member.new_page(workspace.event_type, title="Talk to Max")
    third = await dashboard.user(name="Tia Third")
    pool = await admin.new_pool(own, await third.new_page(workspace.event_type))
    master = await admin.new_master_page(a_rule(workspace.event_type, pool))
    for shared, day, name in ((master, "20", "Carla Cole"), (workspace.page, "20", "Dora Dahl")):
        link = await admin.new_link(shared)
        await dashboard.customer.booked(link["code"], f"2026-11-{day}T09:00:00Z", name=name)
    page = await dashboard.page(admin, viewport={"width": 320, "height": 640}, java_script_enabled=False)
    await page.goto("/dashboard/settings/users")
    await _choose(page, "Max Member", "Deactivate")
    await page.get_by_text("These are the user’s bookings to come").wait_for()
    assert await page.get_by_label("With").locator("option:checked").inner_text() == (
        "Max Member (deactivated)"
    )
    await expect(page.locator(".row-title")).to_have_text(["Carla Cole"])
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("link", name="Carla Cole").click()
    await expect(page.get_by_text("Max Member (deactivated)").first).to_be_visible()
    await page.get_by_text("Give it to another host").click()
    await page.get_by_label("To", exact=True).select_option(label="Tia Third")
    await page.get_by_role("button", name="Give booking away").click()
    await page.get_by_text("The booking has another host.").wait_for()
    await page.goto("/dashboard/settings/users")
    await page.get_by_role("link", name="Bookings to come").last.click()
    await expect(page.get_by_text("No booking matches.")).to_be_visible()

    # Somebody else may edit what they left: they stay its host, and it is said that nobody can book it.
    await page.goto(f"/dashboard/pages/{own['id']}")
    await expect(page.get_by_text("The host of this page was deactivated")).to_be_visible()
    await expect(page.get_by_role("button", name="Generate a one-time link")).to_have_count(0)
    await page.goto(f"/dashboard/pages/{own['id']}/edit")
    assert await page.get_by_label("Host", exact=True).locator("option:checked").inner_text() == (
        "Max Member (deactivated)"
    )
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Saved.").wait_for()
    assert (await admin.get(f"/booking-pages/{own['id']}")).body == own


async def test_who_steps_down_is_led_where_they_still_may_be(
    dashboard: DashboardServer, admin: Api, member: Api
) -> None:
    await admin.patch(f"/users/{member.user}", {"role": "administrator"})
    page = await dashboard.page(admin)
    await page.goto("/dashboard/settings/users")
    await _choose(page, "Ada Admin", "Make a member")
    await page.get_by_role("heading", name="Hello, Ada").wait_for()


async def _choose(page: Page, name: str, action: str) -> None:
    await page.get_by_label(f"Actions for {name}").click()
    await page.get_by_role("button", name=action, exact=True).click()
