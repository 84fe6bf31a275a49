"""Links that are ticked in the list are revoked or extended together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from multidict import MultiDict
from playwright.async_api import expect

from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import desktop_and_phone

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

FRIDAY = "2026-11-20T09:00:00Z"
PATH = "/dashboard/links/change"


async def change(dashboard: DashboardServer, user: Api, ids: list[str], **fields: str) -> tuple[int, str]:
    """POST the form with these links ticked; its status and its text."""
    answer = await dashboard.send(user, PATH, MultiDict([*fields.items(), *(("link", one) for one in ids)]))
    return answer.status, await answer.text()


@desktop_and_phone
async def test_two_of_three_links_are_revoked(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, window: Any
) -> None:
    links = {name: await admin.new_link(workspace.page, note=name) for name in ("one", "two", "three")}
    page = await dashboard.page(admin, **window)
    await page.goto("/dashboard/links?mine=1")
    await page.get_by_label("Select one").check()
    await page.get_by_label("Select two").focus()
    await page.keyboard.press("Space")
    if window["java_script_enabled"]:
        assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("button", name="Revoke…").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Revoke 2 links?")
    assert (await admin.get(f"/links/{links['one']['id']}")).body["status"] == "active"
    if window["java_script_enabled"]:
        assert await violations(page) == []
    await page.get_by_role("button", name="Revoke 2 links").click()
    await expect(page.get_by_role("status").first).to_have_text("2 links are revoked.")
    states = {name: (await admin.get(f"/links/{link['id']}")).body["status"] for name, link in links.items()}
    assert states == {"one": "revoked", "two": "revoked", "three": "active"}
    await page.get_by_role("link", name="Show links").click()
    await expect(page).to_have_url(f"{dashboard.url}/dashboard/links?mine=1")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_all_links_of_a_page_are_ticked_at_once(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, scripts: bool
) -> None:
    for name in ("one", "two"):
        await admin.new_link(workspace.page, note=name)
    page = await dashboard.page(admin, java_script_enabled=scripts)
    await page.goto("/dashboard/links?status=active")
    await page.get_by_role("link", name="Tick all on this page").click()
    await page.get_by_role("button", name="Extend…").click()
    await page.get_by_label("How many").fill("60")
    await page.get_by_role("button", name="Extend 2 links").click()
    await expect(page.get_by_role("status").first).to_have_text("2 links have the new expiry.")
    expiries = {link["expires_at"] for link in (await admin.get("/links")).items}
    assert expiries == {"2027-01-17T11:06:40Z"}


async def test_what_cannot_be_changed_is_named_with_its_cause(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    booked = await admin.new_link(workspace.page, note="booked one")
    await dashboard.customer.booked(booked["code"], FRIDAY)
    expired = await admin.new_link(workspace.page, note="expired one", expires_in_days=1)
    dashboard.clock.forward(days=2)
    active = await admin.new_link(workspace.page, note="active one")
    ids = [each["id"] for each in (booked, expired, active)] + ["0" * 26, active["id"], "nonsense"]
    for _ in range(2):  # sent again, the form says the same
        status, text = await change(dashboard, admin, ids, do="revoke", confirm="1")
        assert status == 200
        assert "1 link is revoked. 3 stay as they were:" in text
        assert "This link has been booked. Cancel its booking first." in text
        assert "It has expired, so nobody can book with it." in text
        assert "A link that was deleted" in text
    _, text = await change(dashboard, admin, ids, do="extend", confirm="1", expiry="never")
    assert "1 link has the new expiry. 3 stay as they were:" in text
    assert "It was revoked. Reactivate it first." in text
    assert (await admin.get(f"/links/{expired['id']}")).body["status"] == "active"
    assert (await admin.get(f"/links/{booked['id']}")).body["expires_at"] is not None
    _, text = await change(dashboard, member, [expired["id"]], do="revoke", confirm="1")
    assert "0 links are revoked. 1 stays as it was:" in text
    assert (await admin.get(f"/links/{expired['id']}")).body["status"] == "active"


async def test_a_form_that_says_too_little_changes_nothing(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    answer = await dashboard.post(admin, PATH, do="revoke", filters="status=active&q=a+b")
    assert answer.headers["Location"] == "/dashboard/links?status=active&q=a+b&said=no-link-ticked"
    status, _ = await change(dashboard, admin, [link["id"]], do="delete", confirm="1")
    assert status == 404
    for days in ("", "366", "soon"):
        fields = {"do": "extend", "confirm": "1", "expiry": "days", "expires_in_days": days}
        status, text = await change(dashboard, admin, [link["id"]], **fields)
        assert status == 422
        assert "The links were not extended." in text
    assert (await admin.get(f"/links/{link['id']}")).body == link | {
        "timeline": (await admin.get(f"/links/{link['id']}")).body["timeline"]
    }
