"""Problems in the panel: the message, the button that helps, and that nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.accounts.browser import ADA
from tests.support.extension.gmail import choose
from tests.support.extension.people import a_person
from tests.support.extension.sign_in import choose_account

if TYPE_CHECKING:
    from tests.support.accounts.site import Site
    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import OpenGmail
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kept_gmail")]


async def test_after_signing_in_the_quick_insert_continues(
    extension: Extension, admin: Person, gmail: OpenGmail, site: Site
) -> None:
    await extension.ask("server.set", address=site.origin)
    window = await gmail("popup")
    await window.select("brave", after=True)
    await window.button().click(modifiers=["Shift"])
    await window.panel.get_by_text("You are signed out.").wait_for()
    async with extension.context.expect_page() as opened:
        await window.panel.get_by_role("button", name="Sign in").click()
    await choose_account(await opened.value, admin.name)
    url = await window.link()
    assert f'brave <a href="{url}">Meet Ada</a>' in await window.markup()
    await window.assert_untroubled()


async def test_a_quick_insert_opens_the_panel_if_a_recipient_has_to_be_chosen(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    [page] = (await admin.api.get("/booking-pages")).items
    await extension.store({"choices": {"page": page["id"], "personalise": True}})
    window = await gmail("popped_out")
    await window.select("brave", after=True)
    proxy.is_down = True
    await window.button().click(modifiers=["Shift"])
    await window.panel.get_by_text("book.acme.test cannot be reached.").wait_for()
    proxy.is_down = False
    await window.panel.get_by_role("button", name="Try again").click()
    await choose(window.panel.get_by_label("Recipient"), "fay (fay@customer.test)")
    proxy.is_down = True
    await window.panel.get_by_role("button", name="Insert", exact=True).click()
    await window.panel.get_by_text("book.acme.test cannot be reached.").wait_for()
    proxy.is_down = False
    await window.panel.get_by_role("button", name="Try again").click()
    url = await window.link()
    [link] = (await admin.api.get("/links")).items
    assert (link["url"], link["person"]["email"]) == (url, "fay@customer.test")
    assert f'brave <a href="{url}">' in await window.markup()


async def test_a_problem_keeps_the_typed_text(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    window = await gmail("popup")
    panel = await window.open_panel()
    await panel.get_by_label("Link text").fill("my calendar")
    await panel.get_by_label("Personalise").check()
    await panel.get_by_label("Email").fill("nobody")
    insert = panel.get_by_role("button", name="Insert", exact=True)
    await insert.click()
    await panel.get_by_text("Enter a name and an email address.").wait_for()
    await panel.get_by_label("Email").fill("nobody@customer.test")
    proxy.is_down = True
    await insert.click()
    await panel.get_by_text("book.acme.test cannot be reached.").wait_for()
    proxy.is_down = False
    await panel.get_by_role("button", name="Try again").click()
    assert f'<a href="{await window.link()}">my calendar</a>' in await window.html()
    [link] = (await admin.api.get("/links")).items
    assert link["person"]["email"] == "nobody@customer.test"


async def test_without_a_page_the_panel_says_so(
    extension: Extension, gmail: OpenGmail, site: Site, proxy: TlsProxy
) -> None:
    assert not proxy.is_down
    admin = await a_person(site, ADA, "Ada Keller", "administrator")
    await admin.sign_in(extension)
    window = await gmail("popup")
    await window.button().click()
    await window.panel.get_by_text("You have no booking page yet.").wait_for()
    await admin.new_page(title="Meet Ada", slug="meet-ada", general_link=False)
    await window.panel.get_by_role("button", name="Try again").click()
    await window.panel.get_by_label("One-time link").uncheck()
    await window.panel.get_by_text("The general link of this page is switched off.").wait_for()
    await expect(window.panel.get_by_role("button", name="Insert", exact=True)).to_be_disabled()


async def test_without_a_server_the_panel_leads_to_the_options(
    extension: Extension, gmail: OpenGmail
) -> None:
    window = await gmail("popup")
    await window.button().click()
    await window.panel.get_by_text("No server is set yet.").wait_for()
    await expect(window.panel.get_by_role("button", name="Open options")).to_be_visible()
