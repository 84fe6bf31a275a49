"""The room of the activity: rows, filters, the mark of what is unread, and news while it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from admitone.usecases.activity import listeners
from tests.support.api.calling import created
from tests.support.dashboard.server import NARROW
from tests.support.factories import WORKSPACE

if TYPE_CHECKING:
    import pytest

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

PATH = "/dashboard/activity"
UNREAD = 'class="unread"'
CARLA = {"name": "Carla Customer", "email": "carla@customer.test"}


async def shown(dashboard: DashboardServer, user: Api, path: str = PATH) -> str:
    answer = await dashboard.get(user, path)
    assert answer.status == 200, path
    return await answer.text()


async def test_rows_lead_to_the_rooms_of_what_they_are_about(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page, person=CARLA)
    dashboard.clock.forward(minutes=5)
    text = await shown(dashboard, admin)
    assert f'href="/dashboard/links/{link["id"]}" dir="auto">Ada Admin made a link (Carla Customer' in text
    assert "5 minutes ago" in text
    contact = created(await admin.post("/contacts", {"email": "bo@customer.test"}))
    text = await shown(dashboard, admin)
    assert f'href="/dashboard/contacts/{contact["id"]}" dir="auto">Ada Admin added a contact' in text
    assert f'href="/dashboard/pages/{workspace.page["id"]}" dir="auto">Ada Admin created a record' in text


async def test_the_address_has_the_filters(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    contact = created(await admin.post("/contacts", {"email": "bo@customer.test"}))
    made, added, was_added = "Ada Admin made a link", "Ada Admin added a contact", "A contact was added"
    for query, texts in (
        ("", {made, added}),
        ("kind=contact.created", {added}),
        (f"page={workspace.page['id']}", {made}),
        (f"host={admin.user}", {made, added}),
        (f"link={link['id']}", {made}),
        (f"contact={contact['id']}", {was_added}),
        ("workflow=nothing", set()),
    ):
        text = await shown(dashboard, admin, f"{PATH}?{query}")
        found = {said for said in (made, added, was_added) if f">{said} (" in text}
        assert found == texts, query
    assert "No entry matches." in await shown(dashboard, admin, f"{PATH}?workflow=nothing")
    assert (await dashboard.get(admin, f"{PATH}?cursor=nonsense")).status == 422
    assert (await dashboard.get(admin, f"{PATH}?link=nothing")).status == 404


async def test_what_colleagues_did_is_unread_until_the_room_is_seen(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    await shown(dashboard, admin)
    assert UNREAD not in await shown(dashboard, admin, "/dashboard")
    await admin.new_link(workspace.page)
    assert UNREAD not in await shown(dashboard, admin, "/dashboard")  # they did it themselves
    await member.new_link(workspace.page)
    assert UNREAD in await shown(dashboard, admin, "/dashboard")
    assert UNREAD in await shown(dashboard, admin, f"{PATH}?kind=contact.created")  # does not show it
    assert (await shown(dashboard, admin)).count('class="chip on"') == 2
    assert UNREAD not in await shown(dashboard, admin, "/dashboard")
    assert 'class="chip on"' not in await shown(dashboard, admin)


async def test_a_member_to_whom_nothing_happened_is_told_what_to_do(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    await admin.new_link(workspace.page)
    key, redis = dashboard.store.keys(WORKSPACE).activity, dashboard.store.client
    await redis.rename(key, f"{key}:away")
    text = await shown(dashboard, member)
    await redis.rename(f"{key}:away", key)
    assert "Nothing that concerns you has happened yet." in text
    assert "made a link" not in await shown(dashboard, member)
    await dashboard.change_settings(members_see="all")
    assert "made a link" in await shown(dashboard, member)


async def test_news_are_announced_and_shown_on_request(
    dashboard: DashboardServer,
    admin: Api,
    member: Api,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listeners, "PAUSE", 0.05)
    page = await dashboard.page(admin)
    async with page.expect_response("**/activity/stream*"):
        await page.goto(PATH)
    before = await page.locator("[data-rows] > li").count()
    await member.new_link(workspace.page, person=CARLA)
    button = page.get_by_role("button", name="Show 1 new entry")
    await expect(button).to_be_visible()
    await member.new_link(workspace.page)
    button = page.get_by_role("button", name="Show 2 new entries")
    await expect(button).to_be_visible()
    assert await page.locator("[data-rows] > li").count() == before  # nothing moves by itself
    await button.press("Enter")
    await expect(page.locator("[data-rows] > li")).to_have_count(before + 2)
    await expect(button).to_have_count(0)
    await expect(page.locator("[data-rows] a").first).to_be_focused()


async def test_a_hidden_tab_does_not_listen_and_misses_nothing(
    dashboard: DashboardServer,
    admin: Api,
    member: Api,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listeners, "PAUSE", 0.05)
    page = await dashboard.page(admin)
    async with page.expect_response("**/activity/stream*"):
        await page.goto(PATH)
    async with page.expect_event("requestfailed"):
        await _hide(page, is_hidden=True)
    await member.new_link(workspace.page)
    await _hide(page, is_hidden=False)
    await expect(page.get_by_role("button", name="Show 1 new entry")).to_be_visible()


async def _hide(page: Any, *, is_hidden: bool) -> None:
    await page.evaluate(
        "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
        " document.dispatchEvent(new Event('visibilitychange')); }",
        is_hidden,
    )


async def test_it_works_without_scripts_on_the_narrowest_phone(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    await admin.new_link(workspace.page, person=CARLA)
    page = await dashboard.page(admin, viewport=NARROW, java_script_enabled=False)
    await page.goto(PATH)
    await page.get_by_label("What").select_option("link.created")
    await page.get_by_role("button", name="Filter").click()
    await page.get_by_role("link", name="Ada Admin made a link").click()
    assert "/dashboard/links/" in page.url
