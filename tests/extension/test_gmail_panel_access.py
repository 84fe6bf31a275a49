"""The panel in every window and for everybody: low windows, zoom, forced colours, keys, screen readers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.dashboard.accessibility import BY_LOOK, violations
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, ViewportSize

    from tests.support.accounts.site import Site
    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import Gmail, OpenGmail
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kept_gmail")]

PANEL = "[data-admitone=panel]"
SMALLEST: ViewportSize = {"width": 320, "height": 256}


async def test_the_panel_follows_its_button_and_stays_in_the_window(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup", size=(1200, 900))
    page = window.page
    await window.open_panel()
    await _above_button(window)
    await page.set_viewport_size({"width": 1000, "height": 760})
    await _above_button(window)
    await page.locator(".Hd").evaluate("compose => (compose.style.right = '400px')")  # another compose opens
    await _above_button(window)
    await page.locator(".Hd").evaluate("compose => Object.assign(compose.style, {top: 0, bottom: 'auto'})")
    await page.set_viewport_size({"width": 1000, "height": 1000})
    await _until(window, "boxes.below === 8")
    await page.set_viewport_size({"width": 400, "height": 300})  # the button is outside the window
    await _until(window, "boxes.isIn && boxes.bottom === 8")
    await page.locator(".Hd").evaluate("compose => compose.remove()")
    await page.set_viewport_size({"width": 700, "height": 280})
    await _until(window, "boxes.isIn && innerHeight === 280")


async def test_on_a_page_from_right_to_left_the_panel_ends_where_its_button_ends(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup", is_own=True)
    await window.page.set_viewport_size({"width": 1200, "height": 900})
    await window.page.evaluate("document.documentElement.dir = 'rtl'")
    panel = await window.open_panel()
    await _above_button(window)
    await _until(window, "boxes.end === 0")
    assert await panel.evaluate("panel => getComputedStyle(panel).direction") == "ltr"


@pytest.mark.parametrize("how", ["window", "zoom"])
async def test_in_the_smallest_window_header_and_footer_scroll_with_the_content(
    extension: Extension, admin: Person, gmail: OpenGmail, how: str
) -> None:
    for number in range(12):
        await admin.new_page(title=f"Talk {number} about your order", slug=f"order-{number}")
    await admin.sign_in(extension)
    window = await gmail("popup", is_own=True)
    page = window.page
    if how == "zoom":
        await page.set_viewport_size({"width": 1280, "height": 1024})
        await _zoom(extension, page, 4)
    else:
        await page.set_viewport_size(SMALLEST)
    assert await page.evaluate("[innerWidth, innerHeight]") == [*SMALLEST.values()]
    try:
        await window.button().press("Enter")
        panel = window.panel
        await panel.get_by_role("combobox", name="Find a page").wait_for()
        await panel.get_by_label("Personalise").check()
        await panel.get_by_label("Name").fill("")
        await panel.get_by_role("button", name="Insert", exact=True).click()
        await panel.get_by_text("Enter a name and an email address.").wait_for()
        await _until(window, "boxes.isIn")
        assert await panel.evaluate(SCROLLERS) == {"both": [], "nested": []}
        # Nothing is fixed: at the end of the panel its header is out of sight, and the reverse.
        title, last = panel.get_by_role("heading"), panel.get_by_role("button", name="Copy & close")
        await last.scroll_into_view_if_needed()
        await expect(title).not_to_be_in_viewport()
        await title.scroll_into_view_if_needed()
        await expect(last).not_to_be_in_viewport()
        if how == "zoom":
            return  # the rest is the same for the same number of pixels
        # Each control can be seen whole.
        for control in await panel.locator(CONTROLS).all():
            if await control.is_visible():
                await control.evaluate("control => control.scrollIntoView({ block: 'center' })")
                await expect(control).to_be_in_viewport(ratio=1)
        assert await violations(page, PANEL) == []
    finally:
        if how == "zoom":
            await _zoom(extension, page, 1)  # the browser remembers it for Gmail


async def test_in_a_high_window_header_and_footer_stay(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup", size=(1000, 620))
    panel = await window.open_panel()
    await panel.get_by_label("Personalise").check()
    for place in ("Find a page", "Link text"):
        await panel.get_by_label(place).scroll_into_view_if_needed()
        await expect(panel.get_by_role("heading")).to_be_in_viewport(ratio=1)
        await expect(panel.get_by_role("button", name="Copy & close")).to_be_in_viewport(ratio=1)


async def test_every_control_is_large_enough_for_a_finger(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    short = await admin.api.new_event_type()
    long = await admin.api.new_event_type(name="An hour", duration_minutes=60)
    await admin.api.new_page(short, long, title="Talk", slug="talk")
    await admin.sign_in(extension)
    window = await gmail("popped_out", size=(900, 1000))
    panel = await window.open_panel()
    await panel.get_by_role("option", name="Talk").click()
    await panel.get_by_label("Personalise").check()
    proxy.is_down = True
    await panel.get_by_role("button", name="Insert", exact=True).click()
    await panel.get_by_role("button", name="Try again").wait_for()
    targets = await panel.evaluate(TARGETS, CONTROLS)
    assert len(targets) >= 17, targets
    assert [target for target in targets if min(target[1:]) < 44] == []


async def test_forced_colours_show_every_control_and_state(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.new_page(title="Talk", slug="talk")
    await admin.sign_in(extension)
    window = await gmail("popup", is_own=True)
    await window.page.emulate_media(forced_colors="active")
    await window.page.set_viewport_size({"width": 900, "height": 1000})
    panel = await window.open_panel()
    colours = await window.page.evaluate(SYSTEM_COLOURS)
    await panel.get_by_role("combobox", name="Find a page").press("ArrowDown")

    async def look(of: Locator, name: str, pseudo: str | None = None) -> str:
        found: str = await of.evaluate("(one, [name, of]) => getComputedStyle(one, of)[name]", [name, pseudo])
        return found

    dialog = window.page.locator(f"{PANEL} dialog")
    assert await look(dialog, "borderTopStyle") == "solid"
    options = panel.get_by_role("listbox").get_by_role("option")
    once, person = panel.get_by_label("One-time link"), panel.get_by_label("Personalise")
    form = panel.get_by_label("Show the booking form")
    # Chosen, and active: different marks, because an option can be both.
    weights = [await look(option, "fontWeight") for option in (options.first, options.last)]
    assert weights == ["600", "400"]
    assert await look(options.first, "borderLeftColor") == colours["Highlight"]
    assert await look(options.last, "borderLeftColor") == colours["Canvas"]
    assert await look(options.last, "outlineStyle") == "solid"
    assert await look(options.last, "outlineColor") == colours["Highlight"]
    # A switch that is on, off and disabled.
    assert await look(once, "backgroundColor") == colours["Highlight"]
    assert await look(once, "backgroundColor", "::before") == colours["HighlightText"]
    assert await look(person, "backgroundColor") == colours["Canvas"]
    assert await look(person, "backgroundColor", "::before") == colours["ButtonText"]
    assert await look(person, "borderTopColor") == colours["ButtonText"]
    assert await look(form, "borderTopColor") == colours["GrayText"]
    assert await look(form, "backgroundColor") == colours["GrayText"]
    assert await look(form.locator("xpath=.."), "color") == colours["GrayText"]
    # The focus, of a switch and of a field.
    for control in (person, panel.get_by_label("Link text")):
        await control.focus()
        assert await look(control, "outlineStyle") == "solid"
        assert await look(control, "outlineColor") == colours["Highlight"]
    # Buttons: the first one, another, and both while the panel is busy.
    insert, copy = (panel.get_by_role("button", name=name, exact=True) for name in ("Insert", "Copy & close"))
    assert await look(insert, "backgroundColor") == colours["Highlight"]
    assert await look(insert, "color") == colours["HighlightText"]
    assert await look(insert, "forcedColorAdjust") == "none"  # else a plate lies behind the text
    assert await look(copy, "borderTopColor") == colours["ButtonText"]
    held = proxy.hold("POST /api/v1/links")
    await insert.click()
    await held.reached.wait()
    for button in (insert, copy):
        assert await look(button, "color") == colours["GrayText"]
        assert await look(button, "borderTopColor") == colours["GrayText"]
    proxy.is_down = True
    held.release.set()
    await panel.get_by_role("button", name="Try again").wait_for()
    assert await look(panel.locator(".problem"), "borderLeftColor") == colours["Highlight"]


async def test_screen_readers_hear_each_message_once_from_one_region(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup", size=(1200, 900))
    held = proxy.hold("GET /api/v1/pages")
    await window.button().click()
    await held.reached.wait()
    region = window.page.locator(f"{PANEL} :is([role=status], [role=alert], [aria-live])")
    await expect(region).to_have_count(1)
    await expect(region).to_have_text("One moment…")
    await region.evaluate(LISTEN)
    held.release.set()
    panel = window.panel
    search = panel.get_by_role("combobox", name="Find a page")
    await search.press_sequentially("xyz", delay=50)
    await expect(region).to_have_text("No page with that name.")
    await search.fill("")
    await expect(region).to_have_text("")
    await panel.get_by_label("One-time link").uncheck()
    await expect(region).to_have_text("The general link, good for any number of bookings.")
    await panel.get_by_label("One-time link").check()
    await expect(region).to_have_text("Good for one booking.")
    await panel.get_by_label("Personalise").check()
    await panel.get_by_label("Name").fill("")
    insert = panel.get_by_role("button", name="Insert", exact=True)
    for _ in range(2):  # the same words again are a new message
        heard = await window.page.evaluate("heard.length")
        await insert.click()
        await _until(window, f"heard.length === {heard + 1}")
    await panel.get_by_label("Name").fill("Carla")
    proxy.is_down = True
    await insert.click()
    await expect(region).to_have_text("book.acme.test cannot be reached. Check the connection and try again.")
    await expect(panel.locator(".problem p")).to_be_visible()
    await expect(region).to_have_count(1)
    heard = [text for text in await window.page.evaluate("heard") if text != "One moment…"]
    assert heard == [
        "No page with that name.",
        "The general link, good for any number of bookings.",
        "Good for one booking.",
        "Enter a name and an email address.",
        "Enter a name and an email address.",
        "book.acme.test cannot be reached. Check the connection and try again.",
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_every_state_is_accessible(
    extension: Extension, admin: Person, gmail: OpenGmail, site: Site, proxy: TlsProxy, theme: str
) -> None:
    only = BY_LOOK if theme == "dark" else ()
    window = await gmail("popup", is_own=True, is_dark=theme == "dark")
    page, panel = window.page, window.panel
    await page.emulate_media(reduced_motion="reduce")  # colours are checked, and not those of the way to them
    await window.button().click()
    await panel.get_by_role("button", name="Open options").wait_for()  # no server
    assert await violations(page, PANEL, only) == []
    await extension.ask("server.set", address=site.origin)
    await panel.get_by_role("button", name="Try again").click()
    await panel.get_by_role("button", name="Sign in").wait_for()  # signed out
    assert await violations(page, PANEL, only) == []
    await page.keyboard.press("Escape")

    await admin.sign_in(extension)
    held = proxy.hold("GET /api/v1/pages")
    await window.button().click()
    await held.reached.wait()  # busy with nothing to show yet
    assert await violations(page, PANEL, only) == []
    held.release.set()
    held = proxy.hold("POST /api/v1/links")
    await panel.get_by_role("button", name="Insert", exact=True).click()
    await held.reached.wait()  # busy with the form
    assert await violations(page, PANEL, only) == []
    await page.locator(".Hd").evaluate("compose => compose.remove()")
    held.release.set()
    closed = "The message was closed, so the link was revoked."
    await expect(page.locator(f"{PANEL} [role=status]")).to_have_text(closed)  # a notice
    await expect(panel.get_by_text(closed)).to_be_visible()
    assert await violations(page, PANEL, only) == []


async def test_a_missing_name_is_marked_in_its_field(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup", size=(1200, 900))
    panel = await window.open_panel()
    await panel.get_by_label("Personalise").check()
    name, email = panel.get_by_label("Name"), panel.get_by_label("Email")
    await email.fill("carla")
    await panel.get_by_role("button", name="Insert", exact=True).click()
    await expect(email).to_be_focused()
    await expect(email).to_have_attribute("aria-invalid", "true")
    await expect(name).not_to_have_attribute("aria-invalid", "true")
    await email.press_sequentially("@customer.test")
    await expect(email).to_have_attribute("aria-invalid", "false")


async def test_the_focus_stays_in_the_panel_whatever_goes_away(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup", size=(1200, 900))
    page, panel = window.page, window.panel
    proxy.is_down = True
    await window.button().press("Enter")
    again = panel.get_by_role("button", name="Try again")
    await expect(again).to_be_focused()
    proxy.is_down = False
    held = proxy.hold("GET /api/v1/pages")
    await page.keyboard.press("Enter")  # the button that has the focus goes away
    await held.reached.wait()
    await _until(window, f"document.activeElement.matches('{PANEL}')")
    await page.keyboard.press("c")  # Gmail's shortcut for a new message
    held.release.set()
    search = panel.get_by_role("combobox", name="Find a page")
    await expect(search).to_be_focused()
    await panel.get_by_role("heading").click()
    await page.keyboard.press("c")
    await page.keyboard.press("Tab")
    await expect(panel.get_by_role("button", name="Close", exact=True)).to_be_focused()

    # Between the steps, forwards and back.
    await panel.get_by_role("button", name="Insert times").press("Enter")
    await expect(search).to_have_count(0)
    await expect(page.locator(f"{PANEL} [aria-busy=true]")).to_have_count(0)
    await _until(window, f"document.activeElement.matches('{PANEL}')")
    await panel.get_by_role("button", name="Back").press("Enter")
    await expect(search).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await expect(panel.get_by_role("button", name="Copy & close")).to_be_focused()
    await page.keyboard.press("Escape")
    await panel.wait_for(state="hidden")
    await expect(window.button()).to_be_focused()
    await window.assert_untroubled()


async def test_enter_that_ends_a_composition_chooses_no_page(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.new_page(title="にほんご", slug="talk")
    await admin.sign_in(extension)
    window = await gmail("popup", size=(1200, 900))
    panel = await window.open_panel()
    chosen = panel.locator("[aria-selected=true]")
    await expect(chosen).to_have_text("Meet Ada")
    session = await window.page.context.new_cdp_session(window.page)
    await session.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
    await session.send(
        "Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Enter", "windowsVirtualKeyCode": 229}
    )
    await session.detach()
    options = panel.get_by_role("listbox").get_by_role("option")
    await expect(options).to_have_text(["にほんご"])
    await expect(chosen).to_have_text("Meet Ada")


async def test_nothing_moves_for_those_who_want_less_motion(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup", is_own=True)
    for motion, is_moving in (("no-preference", True), ("reduce", False)):
        await window.page.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
        await window.open_panel()
        assert await window.page.locator(f"{PANEL} dialog").evaluate(IS_MOVING) is is_moving
        await window.page.keyboard.press("Escape")


async def _zoom(extension: Extension, page: Page, factor: float) -> None:
    """Zoom the page as a person does, with the browser's own zoom."""
    await page.bring_to_front()
    await extension.own_page.evaluate(
        "async factor => chrome.tabs.setZoom((await chrome.tabs.query({active: true}))[0].id, factor)", factor
    )


async def _above_button(window: Gmail) -> None:
    """Wait until the panel is directly above its button."""
    await _until(window, "boxes.above === 8 && boxes.isIn")


async def _until(window: Gmail, condition: str) -> None:
    """Wait until the condition is true; `boxes` says in it where the panel is."""
    async with asyncio.timeout(PATIENCE):
        await window.page.evaluate(f"({UNTIL})(() => (boxes => {condition})(({BOXES})()))")


CONTROLS = "button, input, select, [role=option]"
# Where the panel is: its distances from its button and from the window's end.
BOXES = """() => {
  const panel = document.querySelector("[data-admitone=panel]").shadowRoot.querySelector("dialog");
  const { top, bottom, left, right } = panel.getBoundingClientRect();
  const button = document.querySelector("[data-admitone=button]")?.getBoundingClientRect();
  return {
    isIn: top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth,
    above: button && Math.round(button.top - bottom),
    below: button && Math.round(top - button.bottom),
    end: button && Math.round(button.right - right),
    bottom: Math.round(innerHeight - bottom),
  };
}"""
UNTIL = """(isTrue) => new Promise((done) => {
  const look = () => (isTrue() ? done() : requestAnimationFrame(look));
  look();
})"""
# What can be scrolled in both directions, and what scrolls by itself. Lists do: they are controls.
SCROLLERS = """panel => {
  const all = [panel, ...panel.querySelectorAll("*")].filter((one) => one.getClientRects().length);
  const scrolls = (one, name) => ["auto", "scroll"].includes(getComputedStyle(one)[name]);
  const wide = all.filter((one) => scrolls(one, "overflowX") && one.scrollWidth > one.clientWidth);
  const high = all.filter((one) => scrolls(one, "overflowY") && one.scrollHeight > one.clientHeight);
  const names = (list) => list.map((one) => one.tagName + "." + one.className);
  return {
    both: names(wide),
    nested: names(high.filter((one) => one.role !== "listbox").slice(1)),
  };
}"""
# The size of each control's target: a label is a part of it.
TARGETS = """(panel, controls) => [...panel.querySelectorAll(controls)]
  .map((one) => one.closest("label") ?? one)
  .filter((one) => one.getClientRects().length)
  .map((one) => {
    const { width, height } = one.getBoundingClientRect();
    return [`${one.tagName} ${one.textContent.slice(0, 20)}`, width, height];
  })"""
SYSTEM_COLOURS = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  const names = ["Canvas", "CanvasText", "Highlight", "HighlightText", "GrayText", "ButtonText"];
  const found = names.map((name) => {
    probe.style.color = name;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(found);
}"""
LISTEN = """region => {
  window.heard = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const { data } of addedNodes) if (data) heard.push(data);
  }).observe(region, { childList: true });
}"""
IS_MOVING = """dialog => {
  const seconds = ({ animationName, animationDuration, transitionDuration }) =>
    (animationName === "none" ? 0 : parseFloat(animationDuration)) + parseFloat(transitionDuration);
  return [dialog, ...dialog.querySelectorAll("*")].some((one) => seconds(getComputedStyle(one)) > 0);
}"""
