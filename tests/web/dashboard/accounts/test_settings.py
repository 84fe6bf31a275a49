"""Settings: one's profile, the workspace, API keys that are shown once and stop working at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.support.api.calling import Api
from tests.support.dashboard.forms import BOOKING_PAGE_FIELDS
from tests.support.dashboard.server import DESKTOP, PHONE

if TYPE_CHECKING:
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_a_profile_is_changed(
    dashboard: DashboardServer, member: Api, viewport: Any, scripts: bool
) -> None:
    page = await dashboard.page(member, viewport=viewport, java_script_enabled=scripts)
    await page.goto("/dashboard/settings")
    await page.get_by_label("Name").fill("")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Name").fill("Maxine Member")
    await page.get_by_label("Time zone").select_option("Asia/Tokyo")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status").first).to_have_text("Saved.")
    me = (await member.get("/me")).body
    assert (me["name"], me["timezone"]) == ("Maxine Member", "Asia/Tokyo")


async def test_the_tab_that_is_open_is_in_sight_on_a_phone(dashboard: DashboardServer, admin: Api) -> None:
    page = await dashboard.page(admin, viewport=PHONE)
    for room, name in (("jobs", "Failed jobs"), ("api-keys", "API keys")):
        await page.goto(f"/dashboard/settings/{room}")
        tabs = page.get_by_role("navigation", name="Settings")
        await expect(tabs.get_by_role("link", name=name)).to_be_in_viewport(ratio=1)


async def test_customers_see_the_new_name(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    await dashboard.post(admin, "/dashboard/settings", name="Ada Lovelace", timezone="")
    assert (await dashboard.customer.get(f"/book/{link['code']}")).body["host_name"] == "Ada Lovelace"


async def test_a_zone_that_is_none_is_refused(dashboard: DashboardServer, member: Api) -> None:
    answer = await dashboard.post(member, "/dashboard/settings", name="Max", timezone="Mars/Base")
    assert answer.status == 422
    assert "This is not a time zone" in await answer.text()


async def test_the_workspace_is_changed(dashboard: DashboardServer, admin: Api, workspace: Workspace) -> None:
    page = await dashboard.page(admin, java_script_enabled=False)
    await page.goto("/dashboard/settings/workspace")
    await page.get_by_label("Name").fill("Acme & Daughters")
    await page.get_by_label("How many").fill("0")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_label("How many")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("How many").fill("7")
    await page.get_by_label("When a booking is cancelled").select_option("reactivate")
    await page.get_by_label("Time zone of reports").select_option("Europe/Lisbon")
    await expect(page.get_by_label("Their own links and bookings")).to_be_checked()
    await page.get_by_label("Everything").check()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Acme & Daughters")).to_have_count(1)
    link = await admin.new_link(workspace.page)
    assert (link["expires_at"], link["on_cancel"]) == ("2026-11-25T11:06:40Z", "reactivate")
    settings = (await admin.get("/settings")).body
    assert (settings["members_see"], settings["reporting_timezone"]) == ("all", "Europe/Lisbon")
    await expect(page.get_by_label("Everything")).to_be_checked()
    await page.get_by_label("Your own").check()
    await page.get_by_label("Which colour").fill("#2460d8")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved.")).to_have_count(1)
    assert (await admin.get("/settings")).body["accent"] == "#2460d8"
    await expect(page.get_by_label("Which colour")).to_have_value("#2460d8")
    await page.get_by_label("Admit One's red").check()
    await page.get_by_label("Never").check()
    await page.get_by_role("button", name="Save").click()
    assert (await admin.new_link(workspace.page))["expires_at"] is None
    assert (await admin.get("/settings")).body["accent"] is None


async def test_the_workspace_and_each_page_choose_a_language(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin, java_script_enabled=False)
    await page.goto("/dashboard/settings/workspace")
    language = page.get_by_label("Language of your customers’ pages")
    names = [
        "The language of the customer’s browser",
        "English",
        "العربية",
        "Deutsch",
        "Español",
        "Français",
        "日本語",
    ]
    await expect(language.get_by_role("option")).to_have_text([*names, "Português (Brasil)"])
    await language.select_option(label="Deutsch")
    await page.get_by_role("button", name="Save").click()
    await expect(language).to_have_value("de")
    assert (await admin.get("/settings")).body["locale"] == "de"

    await page.goto(f"/dashboard/pages/{workspace.page['id']}/edit")
    language = page.get_by_label("Language of the page")
    await expect(language.locator("option:checked")).to_have_text("The workspace’s language: Deutsch")
    await language.select_option(label="日本語")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status").first).to_have_text("Saved.")
    assert (await admin.get(f"/booking-pages/{workspace.page['id']}")).body["locale"] == "ja"


async def test_a_language_that_is_none_of_ours_is_refused(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    answer = await dashboard.post(admin, "/dashboard/pages", **BOOKING_PAGE_FIELDS, locale="tlh")
    assert answer.status == 422
    assert "Choose one of these languages: en, ar, de" in await answer.text()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_a_key_is_shown_once_and_stops_working_at_once(
    dashboard: DashboardServer, member: Api, viewport: Any, scripts: bool
) -> None:
    page = await dashboard.page(member, viewport=viewport, java_script_enabled=scripts)
    await page.goto("/dashboard/settings/api-keys")
    await page.get_by_role("button", name="Create key").click()
    await expect(page.get_by_label("Name of the key")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Name of the key").fill("CRM")
    for box in await page.get_by_role("checkbox", name="Change:").all():
        await box.uncheck()
    await page.get_by_role("checkbox", name="Read: Links").check()
    await page.get_by_role("button", name="Create key").click()
    key = await page.get_by_label("The new API key").input_value()
    program = Api(dashboard.http, dashboard.url, key, member.user)
    assert (await program.get("/me")).body["id"] == member.user
    assert (await program.post("/links", {"page": "x"})).status == 403
    await page.goto("/dashboard/settings/api-keys")
    assert key not in await page.content()
    await page.get_by_label("Actions for CRM").click()
    await page.get_by_role("button", name="Delete key").last.click()
    assert await page.get_by_role("status").first.inner_text() == "The key is deleted and no longer works."
    assert (await program.get("/me")).status == 401


async def test_a_member_sees_and_deletes_their_own_keys_only(
    dashboard: DashboardServer, admin: Api, member: Api
) -> None:
    everything = await (await dashboard.get(admin, "/dashboard/settings/api-keys")).text()
    own = await (await dashboard.get(member, "/dashboard/settings/api-keys")).text()
    deletions = re.compile(r"/dashboard/settings/api-keys/([^/]+)/delete")
    keys, mine = deletions.findall(everything), deletions.findall(own)
    assert len(keys) == 2
    assert len(mine) == 1
    [foreign] = set(keys) - set(mine)
    answer = await dashboard.post(member, f"/dashboard/settings/api-keys/{foreign}/delete")
    assert answer.status == 404
    assert (await admin.get("/me")).status == 200
    assert (await dashboard.post(admin, f"/dashboard/settings/api-keys/{mine[0]}/delete")).status == 303
    assert (await member.get("/me")).status == 401
