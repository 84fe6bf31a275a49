"""The panel: choosing, inserting and copying, by mouse and by keyboard."""

from __future__ import annotations

import time
from calendar import timegm
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.api.calling import a_rule
from tests.support.api.deployment import Clock
from tests.support.extension.gmail import choose

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import Gmail, OpenGmail
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kept_gmail")]


@pytest.fixture
def clock() -> Clock:
    """The real time: the panel asks for times from today on, and today is the browser's."""
    return Clock(int(time.time()))


async def test_the_chosen_link_is_created_and_inserted_and_the_choices_are_offered_again(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    short = await admin.api.new_event_type()
    long = await admin.api.new_event_type(name="An hour", duration_minutes=60)
    await admin.api.new_page(short, long, title="Órganise a call", slug="a-call")
    await admin.sign_in(extension)
    window = await gmail("popup")
    panel = await window.open_panel()
    await window.page.keyboard.type("organ")
    options = panel.get_by_role("listbox", name="Pages").get_by_role("option")
    await expect(options).to_have_text(["Órganise a call"])
    await window.page.keyboard.press("Enter")
    await choose(panel.get_by_label("Event type"), "An hour")
    await panel.get_by_label("Personalise").check()
    await expect(panel.get_by_label("Name")).to_have_value("Carla Customer")
    await panel.get_by_label("Show the booking form").check()
    await choose(panel.get_by_label("Expires"), "After 7 days")
    await panel.get_by_label("Link text").fill("my <calendar>")
    await window.page.keyboard.press("Enter")
    url = await window.link()
    assert f'<a href="{url}">my &lt;calendar&gt;</a>' in await window.html()

    [link] = (await admin.api.get("/links")).items
    assert (link["url"], link["channel"], link["skip_form"]) == (url, "extension", False)
    assert link["event_type"] == long["id"]
    assert link["person"] == {"name": "Carla Customer", "email": "carla@customer.test"}
    assert link["expires_at"][:10] == time.strftime(
        "%Y-%m-%d", time.gmtime(_at(link["created_at"]) + 7 * 86_400)
    )

    panel = await window.open_panel()
    await expect(options).to_have_text(["Órganise a call", "Meet Ada"])
    await expect(panel.get_by_label("Personalise")).to_be_checked()
    await expect(panel.get_by_label("Link text")).to_have_value("my <calendar>")
    await panel.get_by_label("One-time link").uncheck()
    await expect(panel.get_by_label("Personalise")).to_be_disabled()
    await panel.get_by_role("button", name="Insert", exact=True).click()
    await window.body().locator("a").nth(1).wait_for()
    general = f"https://book.acme.test/a-call?event_type={long['id']}"
    await expect(window.body().locator("a").nth(1)).to_have_attribute("href", general)
    await window.assert_untroubled()


async def test_a_link_is_inserted_with_the_keyboard_alone(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    await window.button().wait_for()
    await window.select("brave", after=True)
    keyboard = window.page.keyboard
    await _tab_to(window, window.button())
    await keyboard.press("Enter")
    search = window.panel.get_by_role("combobox", name="Find a page")
    await search.wait_for()
    await keyboard.type("c")  # Gmail's shortcut for a new message, if the key reaches Gmail
    await expect(search).to_have_value("c")
    await keyboard.press("Backspace")

    order = [await _focused(window)]
    for _ in range(40):
        await keyboard.press("Tab")
        order.append(await _focused(window))
    assert "" not in order, order
    assert order.count(order[0]) >= 2, order
    await keyboard.press("Escape")
    await window.panel.wait_for(state="hidden")
    await expect(window.button()).to_be_focused()

    await keyboard.press("Space")
    await search.wait_for()
    await _tab_to(window, window.panel.get_by_role("button", name="Insert", exact=True))
    await keyboard.press("Enter")
    url = await window.link()
    await keyboard.type("Bye")
    assert await window.markup() == f'<div>Hello brave <a href="{url}">Meet Ada</a>Bye world</div>'
    await window.assert_untroubled()


async def test_the_caret_survives_opening_and_closing_the_panel(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    await window.select("brave", after=True)
    await window.button().dblclick()
    await window.panel.get_by_role("combobox", name="Find a page").wait_for()
    await window.page.mouse.click(5, 5)  # outside
    await window.panel.wait_for(state="hidden")
    await window.page.keyboard.type(" new")
    assert await window.text() == "Hello brave new world"
    assert (await admin.api.get("/links")).items == []


async def test_links_are_revoked_if_the_panel_is_closed_meanwhile(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    panel = await window.open_panel()
    held = proxy.hold("POST /api/v1/links")
    await panel.get_by_role("button", name="Insert", exact=True).click()
    await held.reached.wait()
    await window.page.keyboard.press("Escape")
    held.release.set()
    await admin.all_revoked()
    assert await window.text() == "Hello brave world"


async def test_several_recipients_are_a_choice_or_get_one_link_each(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popped_out")
    await window.select("brave", after=True)
    panel = await window.open_panel()
    await panel.get_by_label("Personalise").check()
    await choose(panel.get_by_label("Recipient"), "fay (fay@customer.test)")
    await expect(panel.get_by_label("Email")).to_have_value("fay@customer.test")
    await choose(panel.get_by_label("Recipient"), "One link for each")
    await expect(panel.get_by_role("button", name="Insert times")).to_be_disabled()
    await panel.get_by_role("button", name="Insert", exact=True).click()
    await window.body().locator("a").nth(1).wait_for()
    links = {link["person"]["email"]: link["url"] for link in (await admin.api.get("/links")).items}
    assert await window.markup() == (
        f'<div>Hello brave<br>Customer, Emil: <a href="{links["emil@customer.test"]}">Meet Ada</a>'
        f'<br>fay: <a href="{links["fay@customer.test"]}">Meet Ada</a><br> world</div>'
    )
    await window.page.keyboard.press("Control+z")
    assert await window.html() == "<div>Hello brave world</div>"


async def test_only_master_pages_with_dynamic_rules_have_one_time_links(
    extension: Extension, admin: Person, member: Person, gmail: OpenGmail
) -> None:
    [page] = (await admin.api.get("/booking-pages")).items
    rule = a_rule({"id": page["event_types"][0]}, page)
    await admin.api.new_master_page(
        title="All of us", slug="all-of-us", rule_type="static", pages=[page["id"]], distribution="pooled"
    )
    team = await admin.api.new_master_page(rule, title="Whoever is free", slug="whoever")
    await member.sign_in(extension)
    window = await gmail("popup")
    # A general link can be booked many times, so it is inserted only if somebody chose its page.
    await window.quick_insert()
    [link] = (await member.api.get("/links")).items
    assert link["page"] == page["id"]

    panel = await window.open_panel()
    options = panel.get_by_role("listbox", name="Pages").get_by_role("option")
    await expect(options).to_have_text(["Meet Ada", "Whoever is free", "All of us"])
    await options.last.click()
    once = panel.get_by_label("One-time link")
    await panel.get_by_text("A master page with static rules has a general link only.").wait_for()
    assert (await once.is_disabled(), await once.is_checked()) == (True, False)
    await expect(panel.get_by_label("Personalise")).to_be_disabled()
    await panel.get_by_role("button", name="Insert", exact=True).click()
    anchors = window.body().locator("a")
    await anchors.nth(1).wait_for()
    await expect(window.body().locator("a[href='https://book.acme.test/all-of-us']")).to_have_count(1)

    await window.open_panel()
    await expect(options).to_have_text(["All of us", "Meet Ada", "Whoever is free"])
    await options.last.click()
    assert (await once.is_disabled(), await once.is_checked()) == (False, True)
    await panel.get_by_role("button", name="Insert", exact=True).click()
    await anchors.nth(2).wait_for()
    assert [each["page"] for each in (await member.api.get("/links")).items] == [team["id"], page["id"]]


async def test_a_link_is_copied(extension: Extension, admin: Person, gmail: OpenGmail) -> None:
    await admin.sign_in(extension)
    await extension.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window = await gmail("popup")
    panel = await window.open_panel()
    await panel.get_by_role("button", name="Copy & close").click()
    await panel.wait_for(state="hidden")
    [link] = (await admin.api.get("/links")).items
    assert await window.page.evaluate("navigator.clipboard.readText()") == link["url"]
    copied = await window.page.evaluate(COPIED_HTML)
    assert f'href="{link["url"]}"' in copied
    assert ">Meet Ada</a>" in copied
    assert await window.text() == "Hello brave world"


async def _focused(window: Gmail) -> str:
    """The focused element in the panel as text; empty if none is focused."""
    focused: str = await window.page.evaluate(FOCUSED)
    return focused


async def _tab_to(window: Gmail, wanted: Locator) -> None:
    for _ in range(40):
        if await wanted.evaluate("element => element.getRootNode().activeElement === element"):
            return
        await window.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {wanted}.")


def _at(instant: str) -> int:
    return timegm(time.strptime(instant, "%Y-%m-%dT%H:%M:%SZ"))


FOCUSED = """() => {
  const host = document.querySelector("[data-admitone=panel]");
  const focused = document.activeElement === host ? host.shadowRoot.activeElement : null;
  return focused ? focused.tagName + focused.textContent + (focused.labels?.[0]?.textContent ?? "") : "";
}"""
COPIED_HTML = """async () => {
  const [item] = await navigator.clipboard.read();
  return (await item.getType("text/html")).text();
}"""
