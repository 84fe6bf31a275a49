"""The options page: the server, the account, and the defaults of new links."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.support.extension.accessibility import assert_accessible
from tests.support.extension.browser import ID
from tests.support.extension.sign_in import choose_account
from tests.support.patience import PATIENCE
from tests.support.ports import free_port

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.accounts.site import Site
    from tests.support.extension.browser import Extension, ExtensionBrowser
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy
    from tests.support.fakegoogle.running import FakeGoogle

pytestmark = pytest.mark.browser
OPTIONS = "options/options.html"


def test_they_open_when_the_extension_is_installed(extension_browser: ExtensionBrowser) -> None:
    assert extension_browser.welcome.endswith(OPTIONS)


async def test_a_person_sets_the_extension_up_with_the_keyboard_alone(
    extension: Extension, admin: Person, site: Site
) -> None:
    other = await admin.new_page(title="Meet the team", slug="meet-the-team")
    page = await extension.open(OPTIONS)
    await _assert_accessible_and_narrow(page)
    await page.keyboard.press("Tab")
    await expect(page.get_by_label("Server address")).to_be_focused()
    await page.keyboard.type(f"{site.origin}/dashboard/links")
    async with extension.context.expect_page() as opened:
        await page.keyboard.press("Enter")
    await expect(page.get_by_text("Sign in in the window that has opened.")).to_be_visible()
    await choose_account(await opened.value, admin.name)

    await expect(page.get_by_role("heading", name="Signed in as Ada Keller")).to_be_focused()
    await expect(page.get_by_text(f"{admin.email} · Acme")).to_be_visible()
    address = page.get_by_label("Server address")
    await expect(address).to_have_value(site.origin)
    await expect(address).not_to_be_editable()
    choice = page.get_by_label("Default page")
    await expect(choice.locator("option")).to_have_text(["The one used last", "Meet Ada", "Meet the team"])
    await choice.select_option("Meet the team")
    await expect(page.get_by_text("Saved.")).to_be_visible()
    await page.get_by_label("Link text").fill("  Choose a time ")
    await page.keyboard.press("Tab")
    async with asyncio.timeout(PATIENCE):  # "Saved." is still visible from the change before
        while (await extension.stored()).get("defaultText") != "Choose a time":
            await expect(page.get_by_text("Saved.")).to_be_visible()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    assert (await extension.stored())["defaultPage"] == other["id"]
    await _assert_accessible_and_narrow(page)

    await page.get_by_role("button", name="Add a snippet").press("Enter")
    await expect(page.get_by_role("textbox", name="Snippet 1")).to_be_focused()
    await page.keyboard.type("Hi {name},")
    await page.get_by_role("button", name="Add a snippet").press("Enter")
    await page.keyboard.type("Second")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Delete Snippet 2")).to_be_focused()
    await expect(page.locator("#snippets-status")).to_have_text("Saved.")
    await _assert_accessible_and_narrow(page)
    await page.get_by_role("button", name="Delete Snippet 1").press("Enter")
    await expect(page.get_by_role("textbox", name="Snippet 1")).to_have_value("Second")

    await page.reload()
    await expect(choice).to_have_value(other["id"])
    await expect(page.get_by_role("textbox", name="Snippet 1")).to_have_value("Second")
    await expect(page.get_by_role("textbox", name="Snippet")).to_have_count(1)
    await expect(page.get_by_label("Link text")).to_have_value("Choose a time")
    await page.get_by_role("button", name="Sign out").press("Enter")
    await expect(page.get_by_role("button", name="Sign in")).to_be_focused()
    await expect(page.get_by_text("You are signed out.")).to_be_visible()
    await expect(choice).to_be_hidden()
    await expect(address).to_be_editable()


async def test_an_address_that_is_no_server_is_refused_in_plain_words(
    extension: Extension, proxy: TlsProxy, google: FakeGoogle, site: Site
) -> None:
    page = await extension.open(OPTIONS)
    refused = {
        "": "This is not a server address. Example: https://book.example.com.",
        "mailto:ada@acme.test": "This is not a server address. Example: https://book.example.com.",
        "ftp://book.acme.test": "This is not a server address. Example: https://book.example.com.",
        "https://me@book.acme.test": "This is not a server address.",
        "http://book.acme.test": "The address must begin with https://. Only a server on this computer may",
        "nobody.test": "nobody.test cannot be reached. Check the connection and try again.",
        f"127.0.0.1:{free_port()}": "cannot be reached. Check the connection and try again.",
        google.url: "is not an Admit One server. Check the address.",
        site.address: f"This server calls itself {site.origin}. Enter that address.",
    }
    address, problem = page.get_by_label("Server address"), page.locator("#server-error")
    for typed, sentence in refused.items():
        await address.fill(typed)
        await page.get_by_role("button", name="Sign in").click()
        await expect(problem).to_contain_text(sentence)
        await expect(address).to_be_focused()
        await expect(address).to_have_attribute("aria-invalid", "true")
    await _assert_accessible_and_narrow(page)

    proxy.is_down = True
    await address.fill(site.origin)
    await page.keyboard.press("Tab")
    await expect(problem).to_have_text(
        "book.acme.test cannot be reached. Check the connection and try again."
    )
    proxy.is_down = False
    await address.fill(f" {site.origin.upper()}/ ")
    await page.keyboard.press("Tab")
    await expect(page.get_by_text("This is an Admit One server.")).to_be_visible()
    await expect(address).to_have_value(site.origin)
    assert (await extension.ask("account"))["server"] == site.origin


async def test_another_server_gets_no_token_or_choice_of_the_one_before(
    extension: Extension, admin: Person, google: FakeGoogle
) -> None:
    await admin.sign_in(extension)
    token = (await extension.stored())["refreshToken"]
    kept = {"server": {**(await extension.stored())["server"], "address": "https://before.test"}}
    await extension.store({**kept, "defaultPage": "a-page", "choices": {"page": "another"}})
    await extension.store({"defaultText": "Book", "linkTexts": [["a", "b"]], "languages": [["a.test", "de"]]})
    refused = await extension.ask("server.set", address=google.url)
    assert refused["code"] == "not-admitone"
    assert (await extension.stored())["refreshToken"] == token
    await extension.ask("server.set", address=admin.site.origin)
    assert (await extension.stored()).keys() == {"server"}


async def test_a_refused_read_means_no_policy(extension: Extension, admin: Person) -> None:
    """Firefox refuses to read if there is no policy; here the worker's storage does as Firefox's."""
    await admin.sign_in(extension)
    [worker] = [one for one in extension.context.service_workers if ID in one.url]
    refusal = "() => { chrome.storage.managed.get = () => Promise.reject(new Error('no manifest')); }"
    await worker.evaluate(refusal)
    assert await worker.evaluate("chrome.storage.managed.get().catch(String)") == "Error: no manifest"
    answer = await extension.ask("account")
    assert (answer["server"], answer["isManaged"]) == (admin.site.origin, False)
    assert answer["account"]["email"] == admin.email


async def test_the_options_say_why_no_pages_are_listed(
    extension: Extension, admin: Person, proxy: TlsProxy
) -> None:
    [page] = (await admin.api.get("/booking-pages")).items
    assert (await admin.api.delete(f"/booking-pages/{page['id']}", confirm=1)).status == 204
    await admin.sign_in(extension)
    options = await extension.open(OPTIONS)
    await expect(options.get_by_text("You have no booking page yet.")).to_be_visible()
    dashboard = options.get_by_role("link", name="Open dashboard")
    await expect(dashboard).to_have_attribute("href", f"{admin.site.origin}/dashboard")
    proxy.is_down = True
    await options.reload()
    await expect(options.get_by_text("book.acme.test cannot be reached.")).to_be_visible()
    proxy.is_down = False
    await options.get_by_role("button", name="Try again").click()
    await expect(options.get_by_text("You have no booking page yet.")).to_be_visible()
    await admin.end_sessions()
    await options.reload()
    await expect(options.get_by_text("You are signed out. Sign in again")).to_be_visible()
    await expect(options.get_by_role("button", name="Sign in")).to_be_focused()


async def _assert_accessible_and_narrow(page: Page) -> None:
    """Assert accessibility, and that 320 pixels are wide enough."""
    await assert_accessible(page)
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    await page.set_viewport_size({"width": 900, "height": 700})
