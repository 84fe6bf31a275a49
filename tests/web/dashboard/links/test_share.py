"""Sharing: from every room, by the dialog or by its own address, one link after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.support.api.calling import a_rule
from tests.support.dashboard.server import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])


@WIDTHS
async def test_links_are_made_one_after_another_without_scripts(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, viewport: Any
) -> None:
    page = await dashboard.page(admin, viewport=viewport, java_script_enabled=False)
    await page.goto("/dashboard/links")
    await page.get_by_role("link", name="Share").click()
    await page.get_by_label("Personalise link").check()
    await page.get_by_label("Name", exact=True).fill("Carla Cole")
    await page.get_by_label("Email").fill("carla")
    await page.get_by_role("button", name="Create link").click()
    await expect(page.get_by_label("Email")).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Carla Cole")
    await page.get_by_label("Email").fill("carla@x.test")
    await page.get_by_role("button", name="Create link").click()
    first = await page.get_by_label("The one-time link").input_value()
    await page.get_by_label("Personalise link").uncheck()
    await page.get_by_role("button", name="Create link").click()
    second = await page.get_by_label("The one-time link").input_value()
    links = (await admin.get("/links")).items
    assert {link["url"] for link in links} == {first, second}
    assert {link["channel"] for link in links} == {"dashboard"}
    assert [link["person"] and link["person"]["email"] for link in links] == [None, "carla@x.test"]


@WIDTHS
async def test_the_dialog_copies_and_closes(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, viewport: Any
) -> None:
    other = await admin.new_event_type(name="An hour")
    types = [workspace.event_type["id"], other["id"]]
    await admin.patch(f"/booking-pages/{workspace.page['id']}", {"event_types": types})
    page = await _with_clipboard(dashboard, admin, viewport)
    await page.goto("/dashboard")
    await page.get_by_role("link", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share")
    await dialog.get_by_label("Event type").select_option(label="Half an hour")
    await dialog.get_by_label("Personalise link").check()
    await dialog.get_by_label("Name", exact=True).fill("Carla Cole")
    await dialog.get_by_label("Email").fill("carla")
    await dialog.get_by_role("button", name="Copy & close").click()
    wrong = dialog.get_by_label("Email")
    await page.wait_for_selector("dialog [aria-invalid=true]")
    await wrong.fill("carla@x.test")
    await dialog.get_by_role("button", name="Copy & close").click()
    await dialog.wait_for(state="detached")
    [link] = (await admin.get("/links")).items
    assert await _clipboard(page) == link["url"]
    assert link["event_type"] == workspace.event_type["id"]
    await expect(page.locator("#toast")).to_contain_text(link["url"])
    await expect(page.get_by_role("link", name="Share")).to_be_focused()


async def test_the_dialog_makes_several_in_a_row_by_keyboard_alone(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await _with_clipboard(dashboard, admin, DESKTOP)
    await page.goto("/dashboard/links")
    await page.get_by_role("link", name="Share").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_selector("dialog form")
    copied: set[str] = set()
    for _ in range(2):
        await page.get_by_role("button", name="Copy & make another").focus()
        await page.keyboard.press("Enter")
        await page.wait_for_function(
            """seen => {
                const made = document.querySelector("dialog [data-made]");
                return made && !seen.includes(made.dataset.made);
            }""",
            arg=list(copied),
        )
        copied.add(await _clipboard(page))
    await page.get_by_role("button", name="Copy & close").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_selector("dialog", state="detached")
    copied.add(await _clipboard(page))
    assert copied == {link["url"] for link in (await admin.get("/links")).items}
    assert len(copied) == 3
    await expect(page.locator("main .row")).to_have_count(3)  # the list behind the dialog
    await page.keyboard.press("Enter")
    await page.wait_for_selector("dialog form")
    await page.keyboard.press("Escape")
    await page.wait_for_selector("dialog", state="detached")


async def test_a_page_is_chosen_by_searching(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    for number in range(3):
        await admin.new_page(workspace.event_type, title=f"Team {number}")
    page = await dashboard.page(admin)
    await page.goto("/dashboard/bookings")
    await page.locator(".head-actions").get_by_role("link", name="Share").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Search pages").fill("team 2")
    await expect(dialog.locator(".row:visible")).to_have_count(1)
    await dialog.get_by_role("link", name="Team 2").click()
    await dialog.get_by_text("Choose another page").wait_for()
    await expect(dialog.locator(".chosen span")).to_have_text("Team 2")
    await dialog.get_by_role("link", name="Choose another page").click()
    await dialog.get_by_label("Search pages").fill("nobody")
    await expect(dialog.get_by_text("No page has this name.")).to_be_visible()
    await dialog.get_by_label("Search pages").fill("team 1")
    await page.keyboard.press("Enter")
    await expect(dialog.locator(".chosen span")).to_have_text("Team 1")
    plain = await (await dashboard.get(admin, "/dashboard/share?q=TEAM%202")).text()
    assert "Team 2" in plain
    assert "Team 1" not in plain


async def test_without_one_time_it_is_the_general_link(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await _with_clipboard(dashboard, admin, DESKTOP)
    await page.goto(f"/dashboard/pages/{workspace.page['id']}")
    await page.get_by_role("link", name="Share", exact=True).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("One-time link").uncheck()
    await expect(dialog.get_by_label("Personalise link")).to_be_hidden()
    await expect(dialog.get_by_role("button", name="Copy & make another")).to_be_hidden()
    await expect(dialog.get_by_label("The general link")).to_have_value(workspace.page["url"])
    await dialog.get_by_role("button", name="Copy & close").click()
    await dialog.wait_for(state="detached")
    assert await _clipboard(page) == workspace.page["url"]
    assert (await admin.get("/links")).items == []
    await admin.patch(f"/booking-pages/{workspace.page['id']}", {"general_link": False})
    answer = await dashboard.post(admin, "/dashboard/share", page=workspace.page["id"])
    assert answer.status == 422
    assert "general link is off" in await answer.text()


async def test_a_link_is_generated_at_home(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await _with_clipboard(dashboard, admin, DESKTOP)
    await page.goto("/dashboard")
    made: set[str] = set()
    for count in (1, 2):
        await page.get_by_role("button", name="Generate a one-time link").click()
        await page.wait_for_function(
            """seen => {
                const said = document.getElementById("toast").textContent;
                return said && !seen.some((one) => said.includes(one));
            }""",
            arg=list(made),
        )
        made.add(await _clipboard(page))
        assert len((await admin.get("/links")).items) == count
        newest = page.get_by_role("region", name="Your newest links")
        await expect(newest.locator(".row")).to_have_count(count)
    assert made == {link["url"] for link in (await admin.get("/links")).items}


async def test_it_is_shared_from_a_rows_menu(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin)
    await page.goto("/dashboard/pages")
    await page.get_by_label("Actions for Talk to Ada").click()
    await page.locator(".menu-items").get_by_role("link", name="Share").click()
    await expect(page.locator("dialog .chosen span")).to_have_text("Talk to Ada")
    page = await dashboard.page(admin)
    await page.goto(f"/dashboard/pages/{workspace.page['id']}")
    await page.get_by_role("button", name="Generate a one-time link").click()
    await page.get_by_role("status").get_by_text("/.").wait_for()
    assert len((await admin.get("/links")).items) == 1


async def test_master_pages_are_shared_and_static_ones_say_why_not(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    dynamic = await admin.new_master_page(a_rule(workspace.event_type, workspace.page), title="Talk to us")
    static = await admin.new_master_page(
        rule_type="static", pages=[workspace.page["id"]], title="All of us", general_link=True
    )
    page = await dashboard.page(admin, java_script_enabled=False, viewport=PHONE)
    await page.goto("/dashboard/share")
    await page.get_by_role("link", name="Talk to us").click()
    await page.get_by_role("button", name="Create link").click()
    made = await page.get_by_label("The one-time link").input_value()
    [link] = (await admin.get("/links")).items
    assert (link["url"], link["page"]) == (made, dynamic["id"])
    await page.get_by_role("link", name="Show link").click()
    assert await page.get_by_role("link", name="Talk to us").get_attribute("href") == (
        f"/dashboard/master-pages/{dynamic['id']}"
    )
    await page.goto("/dashboard/share")
    await page.get_by_role("link", name="All of us").click()
    await expect(page.get_by_text("A master page with static rules has no one-time links.")).to_be_visible()
    await page.get_by_role("button", name="Show the general link").click()
    await expect(page.get_by_label("The general link")).to_have_value(static["url"])
    refused = await dashboard.post(admin, "/dashboard/share", page=static["id"], one_time="on")
    assert refused.status == 422
    await page.goto("/dashboard/master-pages")
    await page.get_by_label("Actions for Talk to us").click()
    await page.get_by_role("button", name="Generate a one-time link").click()
    await expect(page.get_by_label("The one-time link")).not_to_have_value(made)


async def test_a_master_page_is_offered_wherever_one_shares(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    master = await admin.new_master_page(a_rule(workspace.event_type, workspace.page), title="Talk to us")
    room = f"/dashboard/master-pages/{master['id']}"
    page = await _with_clipboard(dashboard, admin, DESKTOP)
    top = page.locator(".head-actions").get_by_role("link", name="Share")
    menu = page.locator(".menu-items").get_by_role("link", name="Share", exact=True)
    dialog = page.get_by_role("dialog", name="Share")
    made = []
    for start, row, opener in (
        ("/dashboard/links", "", top),
        (room, "", top),
        ("/dashboard/master-pages", "Actions for Talk to us", menu),
        ("/dashboard", "Actions for Talk to us", menu),
    ):
        await page.goto(start)
        if row:
            await page.get_by_label(row).click()
        await opener.click()
        if start == "/dashboard/links":
            await dialog.get_by_role("link", name="Talk to us").click()
        await dialog.locator(".chosen").get_by_text("Talk to us").wait_for()
        await dialog.get_by_role("button", name="Copy & close").click()
        await dialog.wait_for(state="detached")
        made.append(await _clipboard(page))
    for start in (room, "/dashboard/master-pages"):
        await page.goto(start)
        if start != room:
            await page.get_by_label("Actions for Talk to us").click()
        await page.get_by_role("button", name="Generate a one-time link").click()
        await page.locator("#toast").get_by_text("Copied: ").wait_for()
        made.append(await _clipboard(page))
    links = (await admin.get("/links")).items
    assert [link["url"] for link in reversed(links)] == made
    assert {link["page"] for link in links} == {master["id"]}


async def test_where_the_clipboard_is_refused_the_link_can_be_copied_by_hand(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin)
    await page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    await page.goto("/dashboard/links")
    await page.locator(".head-actions a[data-share]").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Copy & close").click()
    await dialog.get_by_label("The one-time link").wait_for()
    [link] = (await admin.get("/links")).items
    await expect(dialog.get_by_label("The one-time link")).to_have_value(link["url"])


async def test_a_page_that_cannot_be_shared_is_not_there(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    await admin.patch(f"/booking-pages/{workspace.page['id']}", {"enabled": False})
    text = await (await dashboard.get(admin, "/dashboard/share")).text()
    assert "There is no page to share yet." in text
    answer = await dashboard.post(admin, "/dashboard/share", page=workspace.page["id"], one_time="on")
    assert answer.status == 404


async def _with_clipboard(dashboard: DashboardServer, user: Api, viewport: Any) -> Page:
    page = await dashboard.page(user, viewport=viewport)
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


async def _clipboard(page: Page) -> str:
    text: str = await page.evaluate("navigator.clipboard.readText()")
    return text
