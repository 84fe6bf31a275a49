"""What fails says so in place, keeps what was typed, and can be done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.support.dashboard.accessibility import violations

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

SHARING = "**/dashboard/share*"


async def answers(page: Page, status: int) -> None:
    """Let the server answer requests to share with this status."""

    async def answer(route: Route) -> None:
        await route.fulfill(status=status, content_type="text/html", body="<p>No.</p>")

    await page.route(SHARING, answer)


async def test_sharing_offline_busy_and_broken_says_so_and_keeps_what_was_typed(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin)
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto("/dashboard")
    generate = page.get_by_role("button", name="Generate a one-time link")
    await page.context.set_offline(True)
    await generate.click()
    await expect(page.get_by_role("alert")).to_contain_text("The server could not be reached.")
    await page.locator("a[data-share]:visible").first.click()
    await expect(page.locator("#main > [role=alert]")).to_contain_text("The server could not be reached.")
    await page.context.set_offline(False)
    await generate.click()
    await page.locator("#toast").get_by_text("/.").wait_for()
    await expect(page.get_by_role("alert")).to_have_count(0)

    await page.locator("a[data-share]:visible").first.click()
    dialog = page.get_by_role("dialog")
    personalise = dialog.get_by_label("Personalise")
    await personalise.check()
    name = dialog.get_by_role("textbox", name="Name")
    await name.fill("Carla Customer")
    await dialog.get_by_role("textbox", name="Email").fill("carla@customer.test")
    for status, told in (
        (429, "The server is busy."),
        (503, "The server is busy."),
        (500, "Something went wrong"),
    ):
        await answers(page, status)
        await name.press("Enter")
        await expect(dialog.get_by_role("alert")).to_contain_text(told)
        await page.unroute(SHARING)
    await expect(name).to_have_value("Carla Customer")
    assert await violations(page) == []
    await name.press("Enter")
    await expect(dialog).to_have_count(0)
    [newest, _] = (await admin.get("/links")).items
    assert newest["person"]["name"] == "Carla Customer"


async def test_sharing_signed_out_offers_the_sign_in_and_goes_on(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin)
    await page.goto("/dashboard")
    await page.context.clear_cookies()
    generate = page.get_by_role("button", name="Generate a one-time link")
    await generate.click()
    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text("You are signed out.")
    again = alert.get_by_role("link", name="Sign in again")
    await expect(again).to_have_attribute("href", "/auth/google/start?next=%2Fdashboard")
    await page.locator("a[data-share]:visible").first.click()
    await expect(page.locator("#main > [role=alert]")).to_contain_text("You are signed out.")

    cookie = {"name": "admitone", "value": await dashboard.session(admin), "url": dashboard.url}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]  # signed in in another tab
    await generate.click()
    await page.locator("#toast").get_by_text("/.").wait_for()
    assert len((await admin.get("/links")).items) == 1


async def test_a_form_asks_before_it_is_left_and_survives_a_way_around(
    dashboard: DashboardServer, admin: Api
) -> None:
    page = await dashboard.page(admin)
    await page.goto("/dashboard/pages/new")
    asked: list[str] = []

    async def leave(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        await dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", leave)
    await page.get_by_label("Title").fill("Talk to Ada")
    await page.evaluate("location.href = '/dashboard'")
    await page.wait_for_timeout(200)
    assert asked == ["beforeunload"]

    await page.get_by_role("link", name="Create one").click()
    await page.get_by_label("Name", exact=True).fill("Half an hour")
    await page.get_by_role("button", name="Create").click()
    await expect(page.get_by_label("Title")).to_have_value("Talk to Ada")
    await expect(page.get_by_label("Half an hour")).to_be_checked()
    await expect(page.locator("#toast")).to_have_text("What you typed is back.")

    await page.context.clear_cookies()
    await page.get_by_role("textbox", name="Address").fill("talk-to-ada")
    await page.get_by_role("button", name="Create").click()
    again = page.get_by_role("link", name="Sign in with Google")
    await expect(again).to_have_attribute(
        "href", "/auth/google/start?next=%2Fdashboard%2Fpages%2Fnew%3Fkept%3D1"
    )
    cookie = {"name": "admitone", "value": await dashboard.session(admin), "url": dashboard.url}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]
    await page.goto("/dashboard/pages/new?kept=1")
    await expect(page.get_by_label("Title")).to_have_value("Talk to Ada")
    await page.get_by_role("button", name="Create").click()
    await page.get_by_role("heading", name="Talk to Ada", level=1).wait_for()
    assert asked == ["beforeunload"]
