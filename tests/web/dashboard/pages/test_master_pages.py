"""Master pages: rules and lists by forms, whose turn it is, and what is asked before links break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.support.api.calling import a_rule
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import NARROW, desktop_and_phone

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer, Window
    from tests.web.dashboard.conftest import Workspace


@desktop_and_phone
async def test_rules_are_made_switched_and_switched_back(
    dashboard: DashboardServer,
    admin: Api,
    member: Api,
    workspace: Workspace,
    window: Window,
) -> None:
    other = await member.new_page(workspace.event_type, title="Talk to Max")
    pool = await admin.new_pool(workspace.page, name="Sales")
    page = await dashboard.page(admin, **window)
    await page.goto("/dashboard/pages")
    await page.get_by_role("link", name="Master pages").click()
    await page.get_by_role("link", name="New master page").click()
    await page.get_by_label("Title").fill("Talk to us")
    rule = page.get_by_role("group", name="Half an hour")
    await rule.get_by_label("Additional 1").select_option(f"page:{other['id']}")
    await page.get_by_role("button", name="Create master page").click()
    primary = rule.get_by_label("Primary")
    await expect(primary).to_have_attribute("aria-invalid", "true")
    await expect(rule.get_by_text("Name either a booking page or a pool.")).to_be_visible()
    await primary.select_option(f"pool:{pool['id']}")
    await rule.get_by_role("button", name="Another additional place").click()
    await rule.get_by_label("Additional 2").select_option(f"pool:{pool['id']}")
    await page.get_by_role("button", name="Create master page").click()
    await expect(rule.get_by_text("A pool cannot be both primary and additional.")).to_be_visible()
    if window["java_script_enabled"]:
        assert await violations(page) == []
    else:
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await rule.get_by_label("Additional 2").select_option("")
    await page.get_by_label("Title").press("Enter")
    await page.get_by_text("Created.").wait_for()
    [made] = (await admin.get("/master-pages")).items
    assert made["slug"] == "talk-to-us"
    assert made["rules"] == [a_rule(workspace.event_type, pool, other)]
    if window["java_script_enabled"]:
        assert await violations(page) == []

    await admin.new_link(made)
    await page.get_by_role("link", name="Edit page").click()
    await page.get_by_label("Static rules").check()
    await page.get_by_label("Talk to Max").check()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("alert")).to_contain_text("1 link not used yet would stop working.")
    assert (await admin.get(f"/master-pages/{made['id']}")).body == made
    await page.get_by_role("button", name="Save anyway").click()
    await page.get_by_text("Saved.").wait_for()
    static = (await admin.get(f"/master-pages/{made['id']}")).body
    assert static == made | {"rule_type": "static", "pages": [other["id"]]}
    await expect(page.get_by_text("A master page with static rules has no one-time links.")).to_be_visible()

    await page.get_by_role("link", name="Edit page").click()
    await page.get_by_label("Dynamic rules").check()
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Saved.").wait_for()
    assert (await admin.get(f"/master-pages/{made['id']}")).body == static | {"rule_type": "dynamic"}


async def test_a_form_saved_as_it_is_shown_changes_nothing_and_says_what_is_gone(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    second = await admin.new_event_type(name="One hour", duration_minutes=60)
    other = await member.new_page(second, title="Talk to Max")
    pool = await admin.new_pool(workspace.page)
    made = await admin.new_master_page(
        a_rule(second, pool, other),
        a_rule(workspace.event_type, other),
        pages=[other["id"], workspace.page["id"]],
        distribution="pooled_priority",
        correction=False,
        host_name="after",
        locale="de",
        theme="dark",
        general_link=False,
    )
    page = await dashboard.page(admin, java_script_enabled=False)
    room = f"/dashboard/master-pages/{made['id']}"
    await page.goto(f"{room}/duplicate")
    await page.get_by_role("button", name="Create master page").click()
    await page.get_by_text("Created.").wait_for()
    copy = (await admin.get("/master-pages")).items[1]
    own = {each: made[each] for each in ("id", "url", "created_at", "slug", "title")}
    assert copy | own == made
    assert copy["slug"] == f"{made['slug']}-2"
    await admin.delete(f"/master-pages/{copy['id']}")
    await page.goto(f"{room}/edit")
    legends = page.locator(".rule legend")
    for move, order in (("later", ["Half an hour", "One hour"]), ("earlier", ["One hour", "Half an hour"])):
        await page.get_by_role("button", name=f"Offer One hour {move}").click()
        await expect(legends).to_have_text(order)
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status").first).to_have_text("Saved.")
    assert (await admin.get(f"/master-pages/{made['id']}")).body == made

    await admin.delete(f"/pools/{pool['id']}")
    await admin.delete(f"/event-types/{workspace.event_type['id']}")
    await page.goto(f"{room}/edit")
    await page.get_by_role("button", name="Save").click()
    primary = page.get_by_role("group", name="One hour").get_by_label("Primary")
    await expect(primary.locator("option:checked")).to_have_text("A deleted page or pool")
    await expect(primary).to_have_attribute("aria-invalid", "true")
    gone = page.get_by_role("group", name="An event type that was deleted")
    await expect(gone.get_by_text("There is no such event type.")).to_be_visible()
    await gone.get_by_label("Primary").select_option("")
    await primary.select_option(f"page:{workspace.page['id']}")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status").first).to_have_text("Saved.")
    saved = (await admin.get(f"/master-pages/{made['id']}")).body
    assert saved["rules"] == [a_rule(second, workspace.page, other)]


async def test_a_master_page_says_who_is_next_and_members_may_share_it(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    other = await member.new_page(workspace.event_type, title="Talk to Max")
    pool = await admin.new_pool(workspace.page, other, method="pooled")
    master = await admin.new_master_page(a_rule(workspace.event_type, pool), title="Talk to us")
    room = f"/dashboard/master-pages/{master['id']}"
    page = await dashboard.page(member)
    await page.goto(room)
    await expect(page.get_by_text("Equal with others: chosen at random.")).to_have_count(2)
    await expect(page.get_by_role("link", name="Edit page")).to_have_count(0)
    await expect(page.get_by_role("link", name="Duplicate")).to_have_count(0)
    facts = page.locator(".facts > div")
    await expect(facts.filter(has_text="Members").locator("a")).to_have_text(["Talk to Ada", "Talk to Max"])
    await expect(facts.filter(has_text="Event types").locator("a")).to_have_text(["Half an hour"])
    await expect(facts.filter(has_text="Appearance")).to_have_count(1)
    await expect(page.get_by_role("link", name="Pools")).to_have_count(0)
    await page.get_by_role("button", name="Generate a one-time link").click()
    await page.get_by_role("status").get_by_text("/.").wait_for()
    [link] = (await admin.get("/links")).items
    assert link["page"] == master["id"]
    [start, *_] = await admin.starts(link["code"], "2026-11-20", "2026-11-20")
    booking = await dashboard.customer.booked(link["code"], start)
    taken = (await admin.get(f"/bookings/{booking['id']}")).body["host"]
    await page.reload()
    last = await page.locator(".queue li").last.inner_text()
    assert ("Max Member" if taken == member.user else "Ada Admin") in last
    assert "Got their last booking" in last
    for answer in (
        await dashboard.get(member, f"{room}/edit"),
        await dashboard.post(member, room, title="Mine"),
        await dashboard.post(member, f"{room}/delete"),
        await dashboard.get(member, f"/dashboard/pools/{pool['id']}"),
    ):
        assert answer.status == 403


async def test_a_master_page_says_who_is_in_the_way_of_each_time(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    evening = {"timezone": "Europe/Paris", "weekly": {"fri": [["16:00", "18:00"]]}}
    other = await member.new_page(workspace.event_type, schedule=evening)
    third = await dashboard.user(name="Tia Third")
    guest = await third.new_page(workspace.event_type)
    pool = await admin.new_pool(workspace.page, other)
    twin = await member.new_page(workspace.event_type, schedule=evening)
    either = await admin.new_pool(guest, twin, name="Guests", method="pooled")
    hour = await admin.new_event_type(name="One hour", duration_minutes=60)
    master = await admin.new_master_page(
        a_rule(workspace.event_type, pool), a_rule(hour, other, either), title="Talk to us"
    )
    await dashboard.customer.booked((await admin.new_link(workspace.page))["code"], "2026-11-20T15:30:00Z")
    page = await dashboard.page(member, viewport=NARROW, color_scheme="dark")
    await page.goto("/dashboard/master-pages")
    await page.get_by_label("Actions for Talk to us").click()
    await page.get_by_role("link", name="Why is a time not offered?").click()
    await page.get_by_label("Date").fill("2026-11-20")
    await page.get_by_role("button", name="Explain").click()
    await page.get_by_role("heading", name="Friday, 20 November 2026").wait_for()
    assert await _explained(page, "15:30") == "Offered. Free: Ada Admin. Outside their hours: Max Member."
    assert await _explained(page, "16:00") == "Offered. Free: Ada Admin, Max Member."
    listed = "Free, but not listed: it is the turn of Ada Admin, whose own times are listed this month."
    assert (
        await _explained(page, "16:30") == f"{listed} Free: Max Member. Another event or booking: Ada Admin."
    )
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    await page.get_by_label("Event type").select_option("One hour")
    await page.get_by_role("button", name="Explain").click()
    await page.get_by_text("Additional place 1:").first.wait_for()
    both = "Additional place 1: Free: Tia Third. Needed for another place: Max Member."
    assert await _explained(page, "16:00") == f"Offered. Primary: Free: Max Member. {both}"
    assert "not enough different people free" in await _explained(page, "17:00")
    past = await (
        await dashboard.get(member, f"/dashboard/master-pages/{master['id']}/times?date=2026-11-17")
    ).text()
    assert "The time has passed, or is sooner than the minimum notice." in past
    await page.goto(f"/dashboard/master-pages/{master['id']}")
    places = page.locator(".queue")
    await expect(places.nth(2)).to_contain_text("Needed for another place")
    await admin.patch(f"/booking-pages/{other['id']}", {"enabled": False}, confirm=1)
    gone = await dashboard.get(
        member, f"/dashboard/master-pages/{master['id']}/times?event_type={hour['id']}"
    )
    assert "Not every place of this event type can be filled at present" in await gone.text()


async def _explained(page: Page, time: str) -> str:
    row = page.locator(".explained li").filter(has=page.locator("b", has_text=time))
    return " ".join((await row.locator(".explained-why").inner_text()).split())
