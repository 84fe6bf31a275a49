"""What else the dialog of *Share* offers: less usual choices, the address and its QR code, the next link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace


async def test_less_usual_choices_are_folded_and_reach_the_link(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin, java_script_enabled=False, viewport=PHONE)
    await page.goto(f"/dashboard/share?page={workspace.page['id']}")
    await expect(page.get_by_label("Event type")).to_have_count(0)
    await expect(page.get_by_label("Expires")).to_be_hidden()
    await page.get_by_label("Personalise link").check()
    await page.get_by_label("Name", exact=True).fill("Carla Cole")
    await page.get_by_label("Email").fill("carla@x.test")
    await page.locator("#share summary", has_text="More").click()
    await page.get_by_label("Expires").select_option(label="In 7 days")
    await page.get_by_label("Show the booking form").check()
    await page.get_by_label("Note or name").fill("Spring fair")
    await page.get_by_role("button", name="Create link").click()
    url = await page.get_by_label("The one-time link").input_value()
    [link] = (await admin.get("/links")).items
    assert (link["url"], link["note"], link["skip_form"]) == (url, "Spring fair", False)
    assert link["expires_at"] == "2026-11-25T11:06:40Z"
    await expect(page.get_by_label("Personalise link")).to_be_checked()
    await expect(page.get_by_label("Expires")).to_have_value("7")
    await expect(page.get_by_label("Note or name")).to_have_value("")


async def test_an_expiry_may_be_never(dashboard: DashboardServer, admin: Api, workspace: Workspace) -> None:
    fields = {"page": workspace.page["id"], "one_time": "on", "expires_in_days": "never"}
    assert (await dashboard.post(admin, "/dashboard/share", **fields)).status == 303
    [link] = (await admin.get("/links")).items
    assert link["expires_at"] is None
    answer = await dashboard.post(admin, "/dashboard/share", **fields | {"expires_in_days": "soon"})
    assert answer.status == 422
    assert 'id="expires_in_days-error"' in await answer.text()


async def test_the_link_is_shown_with_a_qr_code_before_it_is_copied(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await _with_clipboard(dashboard, admin)
    await page.goto("/dashboard")
    await page.get_by_role("link", name="Share", exact=True).first.click()
    dialog = page.get_by_role("dialog", name="Share")
    await dialog.get_by_role("button", name="Show it, with QR code").click()
    address = dialog.get_by_label("The one-time link")
    await expect(address).to_be_focused()
    [link] = (await admin.get("/links")).items
    assert await page.evaluate("getSelection().toString()") == link["url"]
    await expect(dialog.get_by_role("img", name="QR code of the link")).to_be_visible()
    async with page.expect_download() as found:
        await dialog.get_by_role("link", name="PNG").click()
    assert (await found.value).suggested_filename == "qr-code.png"
    await dialog.get_by_text("Add to the address").click()
    await expect(dialog.get_by_label("An example")).to_have_value(re.compile(r"\?name=.*&email="))
    assert await violations(page, "dialog") == []
    await dialog.get_by_role("button", name="Copy & close").click()
    await dialog.wait_for(state="detached")
    assert await page.evaluate("navigator.clipboard.readText()") == link["url"]


async def test_another_one_keeps_personalise_and_begins_with_the_name(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await _with_clipboard(dashboard, admin)
    await page.goto("/dashboard/links")
    await page.locator(".head-actions a[data-share]").click()
    dialog = page.get_by_role("dialog", name="Share")
    await dialog.get_by_label("Personalise link").check()
    await dialog.get_by_label("Name", exact=True).fill("Carla Cole")
    for email in ("carla@x.test", "dora@x.test"):
        await dialog.get_by_label("Email", exact=True).fill(email)
        await dialog.get_by_role("button", name="Copy & make another").click()
        await expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
        await expect(dialog.get_by_label("Name", exact=True)).to_have_value("")
        await page.keyboard.type("Dora Dean")
    people = [link["person"]["name"] for link in (await admin.get("/links")).items]
    assert people == ["Dora Dean", "Carla Cole"]


async def test_the_steps_of_generating_a_one_time_link_by_keyboard_alone(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    """Choose a page, *Personalise*, *One-time*, *Copy & close*: from an overview, a list, and the top bar."""
    await admin.new_page(await admin.new_event_type(name="Other"), title="Another page")
    page = await _with_clipboard(dashboard, admin)
    top = page.locator(".head-actions a[data-share]")
    dialog = page.get_by_role("dialog", name="Share")
    for start in (
        f"/dashboard/pages/{workspace.page['id']}",
        "/dashboard/pages",
        "/dashboard/bookings",
        f"/dashboard/event-types/{workspace.event_type['id']}",
    ):
        await page.goto(start)
        opener = top
        if start == "/dashboard/pages":
            await page.get_by_label("Actions for Talk to Ada").press("Enter")
            opener = page.locator("details[open] .menu-items a[data-share]")
        await opener.press("Enter")
        if start == "/dashboard/bookings":
            await expect(dialog.get_by_label("Search pages")).to_be_focused()
            await page.keyboard.type("ada")
            await page.keyboard.press("Enter")
        await expect(dialog.locator(".chosen span")).to_have_text("Talk to Ada")
        await expect(dialog.get_by_label("One-time link")).to_be_checked()
        await dialog.get_by_label("Personalise link").press("Space")
        for text in ("Carla Cole", "carla@x.test"):
            await page.keyboard.press("Tab")
            await page.keyboard.type(text)
        await page.keyboard.press("Enter")
        await dialog.wait_for(state="detached")
        [link] = (await admin.get("/links", limit=1)).items
        assert (link["page"], link["person"]["name"]) == (workspace.page["id"], "Carla Cole")
        assert await page.evaluate("navigator.clipboard.readText()") == link["url"]
    assert len((await admin.get("/links")).items) == 4


async def _with_clipboard(dashboard: DashboardServer, user: Api) -> Page:
    page = await dashboard.page(user, viewport=DESKTOP)
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page
