"""Each kind of compose, walked through: where the button is, which body gets the link, and for whom it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import OpenGmail
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kept_gmail")]

BUTTON = "Insert one-time link"


class Walk(NamedTuple):
    """What is expected of a compose.

    The button comes after the button `after`. The link is for `email`; if that is None, the person chooses
    among `people` of them, or types in whom the link is for if there are none.
    """

    after: str = "Senden"
    email: str | None = "carla@customer.test"
    people: int = 1
    word: str = "brave"


WALKS = {
    "popup": Walk("▾"),
    "reply": Walk(email="dora@customer.test", word="morning"),
    "fullscreen": Walk(email=None, people=0),
    "popped_out": Walk(email=None, people=2),
    "plain": Walk(),
    "unclassed": Walk(),
    "rtl": Walk("שליחה", "noa@customer.test"),
    "renamed": Walk(),
    "recipients_20": Walk(email=None, people=20),
    "recipients_120": Walk(email=None, people=120),
    "confidential": Walk(),
    "scheduled": Walk("▾"),
    "textbox_before": Walk(),
    "collapsed": Walk(email=None, people=2),
    "collapsed_fields": Walk(email="dora@customer.test"),
    "collapsed_one": Walk(email="dora@customer.test"),
    "pasted": Walk(email=None, people=0),
    "zoomed": Walk(),
}


async def test_the_button_is_in_its_place_and_the_link_in_the_body_and_for_the_recipient(
    extension: Extension, admin: Person, gmail: OpenGmail
) -> None:
    await admin.sign_in(extension)
    await extension.store({"choices": {"personalise": True}})
    known: set[str] = set()
    for kind, walk in WALKS.items():
        is_zoomed = kind == "zoomed"
        window = await gmail(kind, size=(320, 256) if is_zoomed else None, is_own=is_zoomed)  # as at 400 %
        await expect(window.page.get_by_role("button", name=BUTTON)).to_have_count(1)
        assert await window.page.evaluate(BEFORE_OURS) == walk.after, kind
        await window.select(walk.word, after=True)
        await window.button().click(modifiers=["Shift"])
        if walk.email is None:
            await window.panel.get_by_role("combobox", name="Find a page").wait_for()
            choices = window.panel.get_by_label("Recipient").locator("option")
            await expect(choices).to_have_count(walk.people + 1)  # *One link for each*
            if walk.people:
                continue
            await window.panel.get_by_label("Name").fill("Gil")
            await window.panel.get_by_label("Email").fill("gil@customer.test")
            await window.panel.get_by_role("button", name="Insert", exact=True).click()
        await window.body().filter(has_text="https:" if kind == "plain" else "Meet Ada").wait_for()
        links = {link["id"]: link for link in (await admin.api.get("/links")).items}
        [made] = links.keys() - known
        known.add(made)
        assert links[made]["person"]["email"] == (walk.email or "gil@customer.test"), kind
        shown = links[made]["url"] if kind == "plain" else "Meet Ada"
        assert f"{walk.word} {shown}" in (await window.text()).replace("\xa0", " "), kind
        assert await window.page.evaluate("document.body.innerText.split('Meet Ada').length") <= 2, kind
        await window.assert_untroubled()


async def test_dialogs_with_a_form_that_are_no_composes_get_no_button(
    extension: Extension, gmail: OpenGmail
) -> None:
    window = await gmail("no_compose+popup")
    await window.button().wait_for()
    await expect(window.page.get_by_role("button", name=BUTTON)).to_have_count(1)
    assert await window.page.evaluate("document.querySelectorAll('.M9 [data-admitone=button]').length") == 1
    await window.page.evaluate(CHANGE_FORMS)
    await window.page.evaluate(REBUILD_TOOLBARS)
    await window.page.locator(".M9 [data-admitone=button]").wait_for()
    await expect(window.page.get_by_role("button", name=BUTTON)).to_have_count(1)
    await window.assert_untroubled()


@pytest.mark.parametrize("kind", ["textbox_before", "textbox_before_unmarked"])
async def test_a_textbox_before_the_body_gets_no_link(
    extension: Extension, admin: Person, gmail: OpenGmail, kind: str
) -> None:
    await admin.sign_in(extension)
    window = await gmail(kind)
    decoy = window.page.get_by_label("Schreibhilfe")
    await window.button().wait_for()
    await decoy.click()
    if kind == "textbox_before_unmarked":  # nothing but the caret tells which of the two is the body
        await window.select("brave", after=True)
        await window.page.get_by_role("button", name="Senden").focus()
    await window.button().click(modifiers=["Shift"])
    await window.link()
    assert "Meet Ada" not in await decoy.inner_text()
    await window.assert_untroubled()


@pytest.mark.parametrize("again", [[], ["Shift"]])
async def test_while_a_link_is_on_its_way_another_press_does_nothing(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy, again: list[Any]
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup+reply")
    await window.select("brave", after=True)
    held = proxy.hold("POST /api/v1/links")
    await window.button().click(modifiers=["Shift"])
    await held.reached.wait()
    # Gmail rebuilds the toolbar meanwhile, so the button is a new one.
    await window.page.evaluate(REBUILD_TOOLBARS)
    await expect(window.button()).to_have_attribute("aria-busy", "true")
    await window.button().click(modifiers=again)
    await window.button(1).click(modifiers=again)
    await expect(window.panel).to_have_count(0)
    held.release.set()
    await window.link()
    await expect(window.button()).to_have_attribute("aria-busy", "false")
    assert len((await admin.api.get("/links")).items) == 1
    assert "<a" not in await window.html(1)
    await window.open_panel()
    await window.assert_untroubled()


async def test_a_page_that_keeps_removing_the_button_wins_until_gmail_rebuilds_the_toolbar(
    extension: Extension, gmail: OpenGmail
) -> None:
    window = await gmail("reply+" + "+".join(REMOVED), is_own=True)
    await window.button(len(REMOVED)).wait_for()
    await window.page.evaluate(KEEP_REMOVING, REMOVED)
    await window.page.wait_for_function("() => Object.values(tries).every((count) => count >= 3)")
    await window.page.evaluate(CHANGE_TEN_TIMES)
    tries = await window.page.evaluate("tries")
    assert all(count <= 6 for count in tries.values()), tries
    await expect(window.button(0)).to_have_count(1)  # that of the answer
    assert await window.page.locator(".Hd [data-admitone=button]").count() == 0

    await window.page.evaluate("stop()")
    await window.page.wait_for_timeout(2_100)  # a toolbar that is built later is another try
    await window.page.evaluate(REBUILD_TOOLBARS)
    await expect(window.page.locator(".Hd [data-admitone=button]")).to_have_count(len(REMOVED))
    await window.assert_untroubled()


REMOVED = {"popup": "td", "scheduled": "tr", "confidential": ".M9"}
"""By compose: what the page replaces by a copy without the button."""


async def test_roots_that_gmail_rebuilds_have_one_button_each(extension: Extension, gmail: OpenGmail) -> None:
    window = await gmail("popup+reply+unclassed")
    await window.button(2).wait_for()
    for _ in range(3):
        await window.page.evaluate(REBUILD_ROOTS)
        await window.page.wait_for_function(ALL_WORK)
    counts = await window.page.evaluate(
        "[...document.querySelectorAll('.Hd, .ip, .x1-a')]"
        ".map((root) => root.querySelectorAll('[data-admitone=button]').length)"
    )
    assert counts == [1, 1, 1]
    await window.assert_untroubled()


BEFORE_OURS = """() => {
  const buttons = [...document.querySelectorAll("[role=button]")];
  const place = buttons.findIndex((one) => one.dataset.admitone === "button");
  return buttons[place - 1]?.textContent;
}"""
"""The text of the button before ours."""
CHANGE_FORMS = """() => {
  for (const form of document.querySelectorAll("form")) form.append(document.createElement("p"));
}"""
CHANGE_TEN_TIMES = """async () => {
  for (let time = 0; time < 10; time++) {
    document.querySelector(".Hd").append(document.createElement("i"));
    await new Promise((done) => setTimeout(done, 110));  // until the script has looked
  }
}"""
KEEP_REMOVING = """(removed) => {
  window.tries = Object.fromEntries(Object.keys(removed).map((kind) => [kind, 0]));
  const observer = new MutationObserver(() => {
    for (const [kind, what] of Object.entries(removed)) {
      const root = document.querySelector(`[name=composeid][value=${kind}]`).closest(".M9");
      const button = root.querySelector("[data-admitone=button]");
      if (!button) continue;
      tries[kind]++;
      if (what === "td") {
        button.closest(what).remove();
        continue;
      }
      const whole = button.closest(what);
      const clean = whole.cloneNode(true);
      for (const ours of clean.querySelectorAll("[data-admitone=cell]")) ours.remove();
      whole.replaceWith(clean);
    }
  });
  window.stop = () => observer.disconnect();
  observer.observe(document.body, { childList: true, subtree: true });
  document.querySelector(".Hd").append(document.createElement("i"));
}"""
REBUILD_TOOLBARS = """() => {
  for (const row of document.querySelectorAll(".M9 tr")) {
    const clean = row.cloneNode(true);
    for (const ours of clean.querySelectorAll("[data-admitone=cell]")) ours.remove();
    row.replaceWith(clean);
  }
}"""
REBUILD_ROOTS = """() => {
  for (const root of document.querySelectorAll(".Hd, .ip, .x1-a")) root.replaceWith(root.cloneNode(true));
}"""
ALL_WORK = """() => {
  const buttons = [...document.querySelectorAll("[data-admitone=button]")];
  return buttons.length === 3 && buttons.every((button) => button.shadowRoot);
}"""
"""A copy of a button has no shadow root."""
