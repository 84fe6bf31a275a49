"""The editor with scripts: built and published without loading a page, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.support.api.calling import answered, created
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import DESKTOP, NARROW, PHONE
from tests.support.google.connected import connect

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

pytestmark = pytest.mark.browser

LINK = "{{ generate_one_time_booking_link.one_time_link }}"
STEPS = [
    {"id": "link", "kind": "generate_one_time_booking_link"},
    {"id": "mail", "kind": "send_email", "subject": "Your link", "text": "Hello"},
    {
        "id": "way",
        "kind": "if",
        "when": {"conditions": [{"about": "link", "is": "is", "value": "booked"}]},
        "then": [{"id": "tag", "kind": "add_tags", "tags": ["vip"]}],
        "else": [{"id": "wait", "kind": "wait", "for": {"days": 3}}],
    },
]


async def test_a_workflow_is_built_and_published(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    await connect(dashboard, admin)
    page = await dashboard.page(admin)
    await page.goto("/dashboard/workflows")
    await page.get_by_role("link", name="Create the first one").click()
    await page.get_by_label("Name").fill("New leads")
    await page.get_by_role("button", name="Create workflow").click()

    await page.get_by_role("link", name="Trigger").click()
    await page.get_by_label("A contact enters when").select_option("A contact is added")
    await _saved(page)
    await page.get_by_role("link", name="Add a step at the beginning").click()
    await page.get_by_role("button", name="Generate one-time booking link").click()
    await page.get_by_label("Calendar").select_option("Talk to Ada")
    await _saved(page)
    await page.get_by_role("link", name="Add a step after step 1: Generate one-time booking link").click()
    await page.get_by_role("button", name="Send email").click()
    await page.get_by_role("textbox", name="Subject").fill("Your time with us")
    await page.get_by_role("textbox", name="Text", exact=True).fill("Book here: ")
    await page.get_by_role("button", name="Custom values for: Text").click()
    picker = page.get_by_role("dialog", name="Custom values")
    await picker.get_by_role("searchbox").fill("one-time link")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_value(f"Book here: {LINK}")
    await _saved(page)
    await expect(page.locator("#editor-flow")).to_contain_text("Send the email “Your time with us”")

    await page.get_by_role("link", name="Close").click()
    await expect(page.get_by_text("Nothing is missing.")).to_be_visible()
    await page.get_by_role("button", name="Publish").click()
    await expect(page.locator("#toast")).to_have_text("Published. Contacts enter this version from now on.")
    [workflow] = (await admin.get("/workflows")).items
    assert (workflow["status"], workflow["trigger"]["kind"]) == ("published", "contact.created")
    assert [step["kind"] for step in workflow["steps"]] == ["generate_one_time_booking_link", "send_email"]
    assert workflow["steps"][0]["page"] == workspace.page["id"]
    assert workflow["steps"][1]["text"] == f"Book here: {LINK}"


async def test_cards_are_moved_by_keys_and_by_mouse_and_a_deleted_one_comes_back(
    dashboard: DashboardServer, admin: Api
) -> None:
    path = await _made(admin)
    page = await dashboard.page(admin)
    await page.goto(path)
    card = page.locator("#step-mail .card-main")
    await card.focus()
    await page.keyboard.press("Alt+ArrowDown")
    await expect(page.locator("#toast")).to_have_text("Moved. Send email is step 3 of 5 now.")
    await expect(card).to_be_focused()
    await page.get_by_label("Actions for step 3: Send email").click()
    down = page.locator("#step-mail button[value=down]")
    await down.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#toast")).to_have_text("Moved. Send email is step 4 of 5 now.")
    await expect(down).to_be_focused()
    await page.keyboard.press("Escape")
    await page.locator("#step-mail").drag_to(page.locator("[data-place='0']"))
    await expect(page.locator("#toast")).to_have_text("Moved. Send email is step 1 of 5 now.")
    assert await _ids(admin, path) == ["mail", "link", "way"]

    await page.get_by_label("Actions for step 3: If/else").click()
    await page.locator("#step-way").get_by_role("button", name="Delete step").click()
    undo = page.get_by_role("button", name="Undo")
    await expect(undo).to_be_focused()
    await undo.click()
    await expect(page.locator("#step-tag")).to_be_visible()
    assert await _ids(admin, path) == ["mail", "link", "way"]


async def test_what_is_typed_survives_a_lost_connection_and_a_second_tab(
    dashboard: DashboardServer, admin: Api
) -> None:
    path = await _made(admin)
    page = await dashboard.page(admin)
    await page.goto(f"{path}/steps/mail")
    other = await page.context.new_page()
    await other.goto(f"{path}/steps/mail")
    subject = page.get_by_role("textbox", name="Subject")
    await page.context.set_offline(True)
    await subject.fill("Typed in a tunnel")
    await expect(page.locator("#save-state")).to_have_text("Not saved: no connection. Trying again.")
    await page.context.set_offline(False)
    await _saved(page)
    assert (await _steps(admin, path))[1]["subject"] == "Typed in a tunnel"

    theirs = other.get_by_role("textbox", name="Subject")
    await theirs.fill("Typed in the second tab")
    await expect(other.get_by_role("alert")).to_contain_text("was changed since you opened it here")
    await expect(theirs).to_have_value("Typed in the second tab")
    assert (await _steps(admin, path))[1]["subject"] == "Typed in a tunnel"
    await other.get_by_role("button", name="Save").click()
    await _saved(other)
    assert (await _steps(admin, path))[1]["subject"] == "Typed in the second tab"


async def test_what_cannot_be_saved_is_kept_until_it_is_discarded(
    dashboard: DashboardServer, admin: Api
) -> None:
    path = await _made(admin)
    page = await dashboard.page(admin)
    await page.goto(f"{path}/steps/wait")
    count = page.get_by_role("textbox", name="How long")
    await count.fill("9999")
    await expect(page.locator("#save-state")).to_have_text("Not saved.")
    await expect(count).to_have_attribute("aria-invalid", "true")
    close = page.get_by_role("link", name="Close")
    await close.click()
    await expect(page.locator("#toast")).to_contain_text("This is not saved.")
    await expect(count).to_be_focused()
    await close.click()
    await expect(page.locator("#step-wait .card-main")).to_be_focused()
    assert (await _steps(admin, path))[2]["else"][0]["for"]["days"] == 3


async def test_axe_finds_nothing_and_all_fits_on_a_phone(dashboard: DashboardServer, admin: Api) -> None:
    """In the panels of which `test_accessibility.py` has no room."""
    path = await _made(admin)
    page = await dashboard.page(admin)
    found = {}
    for below in ("/steps/wait", "/trigger", "/settings", "/add?at=1", "/test"):
        await page.goto(f"{path}{below}")
        for scheme, viewport in (("light", DESKTOP), ("dark", PHONE)):
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            await page.set_viewport_size(viewport)
            if places := await violations(page):
                found[below, scheme] = places
        await page.set_viewport_size(NARROW)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), below
    assert found == {}


async def _made(admin: Api) -> str:
    made = created(await admin.post("/workflows", {"name": "New leads", "steps": STEPS}))
    return f"/dashboard/workflows/{made['id']}"


async def _steps(admin: Api, path: str) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = answered(await admin.get(path.removeprefix("/dashboard")))["steps"]
    return steps


async def _ids(admin: Api, path: str) -> list[object]:
    return [step["id"] for step in await _steps(admin, path)]


async def _saved(page: Page) -> None:
    await expect(page.locator("#save-state")).to_have_text("All changes are saved.")
