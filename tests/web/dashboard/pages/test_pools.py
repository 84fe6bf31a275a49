"""Pools: made, put in order, changed and deleted by forms; and whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.support.api.calling import a_rule
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import PHONE, desktop_and_phone

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer, Window
    from tests.web.dashboard.conftest import Workspace


@desktop_and_phone
async def test_a_pool_is_made_put_in_order_and_deleted(
    dashboard: DashboardServer,
    admin: Api,
    member: Api,
    workspace: Workspace,
    window: Window,
) -> None:
    other = await member.new_page(workspace.event_type, title="Talk to Max")
    page = await dashboard.page(admin, **window)
    await page.goto("/dashboard/pages")
    await page.get_by_role("link", name="Pools").click()
    await page.get_by_role("link", name="New pool").click()
    await page.get_by_role("button", name="Create pool").click()
    await expect(page.get_by_text("Choose at least one booking page.")).to_be_visible()
    await expect(page.get_by_label("Name", exact=True)).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Name", exact=True).fill("Everybody")
    await page.get_by_label("Pooled, by priority").check()
    await page.get_by_label("Talk to Ada").check()
    await page.get_by_label("Talk to Max").check()
    await page.get_by_role("button", name="Add the ticked pages").click()
    await page.get_by_label("Priority of Talk to Max").fill("high")
    await page.get_by_role("button", name="Create pool").click()
    await expect(page.get_by_label("Priority of Talk to Max")).to_have_attribute("aria-invalid", "true")
    if window["java_script_enabled"]:
        assert await violations(page) == []
    else:
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_label("Priority of Talk to Max").fill("7")

    await page.get_by_role("button", name="Move Talk to Max up").focus()
    await page.keyboard.press("Enter")
    down = page.get_by_role("button", name="Move Talk to Max down")
    await down.wait_for()
    await expect(down).to_be_focused()
    await expect(page.get_by_label("Priority of Talk to Max")).to_have_value("7")
    await page.get_by_label("Name", exact=True).press("Enter")  # saves; no row moves
    await page.get_by_text("Created.").wait_for()
    [pool] = (await admin.get("/pools")).items
    assert pool["method"] == "pooled_priority"
    assert pool["members"] == [
        {"page": other["id"], "priority": 7},
        {"page": workspace.page["id"], "priority": 0},
    ]

    await page.get_by_role("link", name="Edit pool").click()
    await page.get_by_role("button", name="Remove Talk to Ada").click()
    await page.get_by_role("button", name="Save", exact=True).click()
    await page.get_by_text("Saved.").wait_for()
    assert (await admin.get(f"/pools/{pool['id']}")).body["members"] == [{"page": other["id"], "priority": 7}]
    await page.get_by_role("link", name="Edit pool").click()
    await page.get_by_text("Delete this pool").click()
    await page.get_by_role("button", name="Delete pool").click()
    await page.get_by_text("Deleted.").wait_for()
    assert (await admin.get("/pools")).items == []


async def test_a_pool_says_what_counts_as_a_turn(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    pool = await admin.new_pool(workspace.page)
    master = await admin.new_master_page(a_rule(workspace.event_type, pool))
    link = await admin.new_link(master)
    start, *_ = await admin.starts(link["code"], "2026-11-20", "2026-11-20")
    booking = await dashboard.customer.booked(link["code"], start)
    await admin.post(f"/bookings/{booking['id']}/cancel", {"reason": ""})
    room = f"/dashboard/pools/{pool['id']}"
    shown = " ".join((await (await dashboard.get(admin, room)).text()).split())
    assert "0 turns so far: 1 booking. 1 did not take place and does not count." in shown
    await admin.patch(f"/pools/{pool['id']}", {"correction": False})
    shown = " ".join((await (await dashboard.get(admin, room)).text()).split())
    assert "1 turn so far: 1 booking. 1 did not take place and counts." in shown


async def test_a_pool_says_whose_turn_it_is_and_asks_before_it_breaks_links(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    other = await member.new_page(workspace.event_type, title="Talk to Max")
    pool = await admin.new_pool(workspace.page, other)
    master = await admin.new_master_page(a_rule(workspace.event_type, pool))
    link = await admin.new_link(master)
    [start, *_] = await admin.starts(link["code"], "2026-11-20", "2026-11-20")
    await dashboard.customer.booked(link["code"], start)
    await admin.new_link(master)
    page = await dashboard.page(admin, viewport=PHONE, color_scheme="dark")
    await page.goto(f"/dashboard/pools/{pool['id']}")
    assert await _queue(page) == [
        "Max Member Next No booking so far.",
        "Ada Admin 1 booking so far.",
    ]
    assert await violations(page) == []

    await page.get_by_role("link", name="Edit pool").click()
    await page.get_by_text("Delete this pool").click()
    await page.get_by_role("button", name="Delete pool").click()
    await expect(page.get_by_role("alert")).to_contain_text("1 link not used yet would stop working.")
    assert await violations(page) == []
    await page.get_by_role("link", name="Leave it as it is").click()
    assert len((await admin.get("/pools")).items) == 1
    await dashboard.post(admin, f"/dashboard/pools/{pool['id']}/delete", confirm="1")
    assert (await admin.get("/pools")).items == []


async def _queue(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in await page.locator(".queue li").all_inner_texts()]
