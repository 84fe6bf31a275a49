"""The editor with scripts where something comes in between: other tabs, a lost session, a second press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.workflows.conftest import Editor

pytestmark = pytest.mark.browser


async def test_a_form_is_saved_after_signing_in_again_in_another_tab(
    dashboard: DashboardServer, editor: Editor
) -> None:
    page = await _open(dashboard, editor, "/steps/mail")
    await page.context.clear_cookies()
    subject = page.get_by_role("textbox", name="Subject")
    await subject.fill("Typed when the session was over")
    await expect(page.locator("#save-state")).to_contain_text("you are signed out")
    await _sign_in(dashboard, editor.user, page)
    await expect(page.locator("#save-state")).to_have_text("All changes are saved.")
    assert (await editor.steps())[1]["subject"] == "Typed when the session was over"


async def test_what_is_typed_in_a_step_that_was_deleted_stays_in_sight(
    dashboard: DashboardServer, editor: Editor
) -> None:
    page = await _open(dashboard, editor, "/steps/mail")
    await editor.post("/steps/mail/delete")
    subject = page.get_by_role("textbox", name="Subject")
    await subject.fill("Typed too late")
    await expect(page.locator("#save-state")).to_contain_text("this was deleted")
    await expect(subject).to_have_value("Typed too late")
    await page.get_by_role("link", name="Close").click()
    await page.get_by_role("link", name="Close").click()
    await expect(page.get_by_role("heading", name="Status")).to_be_focused()
    await expect(page.locator("#step-mail")).to_have_count(0)


async def test_an_open_panel_does_not_write_back_what_another_tab_has_changed(
    dashboard: DashboardServer, editor: Editor
) -> None:
    page = await _open(dashboard, editor, "/steps/mail")
    await editor.post("/steps/mail", subject="Theirs", text="Theirs")
    await page.locator("#step-mail .card-main").focus()
    await page.keyboard.press("Alt+ArrowUp")
    await expect(page.get_by_role("alert")).to_contain_text("was changed since you opened it here")
    await expect(page.get_by_role("textbox", name="Subject")).to_have_value("Theirs")
    await page.get_by_role("textbox", name="Text", exact=True).fill("Mine")
    await expect(page.locator("#save-state")).to_have_text("All changes are saved.")
    assert [(await editor.steps())[1][part] for part in ("subject", "text")] == ["Theirs", "Mine"]


async def test_a_button_that_is_pressed_twice_adds_one_step_and_the_copy_has_the_focus(
    dashboard: DashboardServer, editor: Editor
) -> None:
    page = await _open(dashboard, editor, "/add?at=3")
    await page.get_by_role("button", name="Add tag").dblclick()
    await expect(page.get_by_role("heading", name="Add tag")).to_be_focused()
    assert len(await editor.steps()) == 4
    await page.get_by_role("link", name="Close").click()
    await expect(page.get_by_role("heading", name="Add tag")).to_have_count(0)
    await page.get_by_label("Actions for step 1").click()
    await page.locator("#step-link").get_by_role("button", name="Duplicate").click()
    copy = page.locator(".card-main").nth(2)
    await expect(copy).to_be_focused()
    await expect(copy).to_contain_text("2 Generate one-time booking link")


async def test_conditions_are_added_one_by_one_with_names_of_their_own(
    dashboard: DashboardServer, editor: Editor
) -> None:
    page = await _open(dashboard, editor, "/steps/way")
    await page.locator("#step-mail .card-main").focus()
    await page.keyboard.press("Alt+ArrowUp")
    await expect(page.locator("#toast")).to_contain_text("Moved.")
    add = page.get_by_role("button", name="Add a condition")
    about = page.get_by_label("about what")
    await expect(about).to_have_count(1)
    await add.click()
    await expect(about).to_have_count(2)
    await expect(page.get_by_label("Condition 2: about what")).to_be_focused()
    await page.get_by_label("Condition 2: about what").select_option("contact.tags")
    await expect(page.get_by_label("Condition 2: value")).to_have_attribute("list", "known-tags")
    for _ in range(8):
        await add.click()
    await expect(add).to_be_hidden()
    await expect(about).to_have_count(10)


async def test_an_error_leaves_the_hint_and_a_tab_saves_before_it_opens(
    dashboard: DashboardServer, editor: Editor
) -> None:
    await editor.post("/steps", kind="wait", place="0")
    [wait, *_] = await editor.steps()
    page = await _open(dashboard, editor, f"/steps/{wait['id']}")
    await page.get_by_label("Until a date in a custom field").check()
    field = page.get_by_role("combobox", name="Custom field")
    await expect(field).to_have_attribute("aria-describedby", "until.field-hint until.field-error")
    await field.fill("due")
    await expect(field).to_have_attribute("aria-describedby", "until.field-hint")
    await field.fill("due_on")
    await page.get_by_role("link", name="Settings", exact=True).last.click()
    await page.get_by_role("textbox", name="Name").fill("Renamed")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Renamed")
    assert (await editor.steps())[0]["until"]["field"] == "due_on"


async def test_the_hook_of_a_trigger_appears_when_it_is_saved(
    dashboard: DashboardServer, editor: Editor
) -> None:
    page = await _open(dashboard, editor, "/trigger")
    kind = page.get_by_label("A contact enters when")
    await kind.focus()
    await kind.select_option("hook")
    await expect(page.get_by_role("heading", name="Inbound hook")).to_be_visible()
    await expect(kind).to_be_focused()


async def _open(dashboard: DashboardServer, editor: Editor, below: str) -> Page:
    page = await dashboard.page(editor.user)
    await page.goto(f"{editor.path}{below}")
    return page


async def _sign_in(dashboard: DashboardServer, user: Api, page: Page) -> None:
    cookie: Any = {"name": "admitone", "value": await dashboard.session(user), "url": dashboard.url}
    await page.context.add_cookies([cookie])
