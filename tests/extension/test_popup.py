"""The toolbar's popup: the newest links and their states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.support.extension.accessibility import assert_accessible
from tests.support.extension.sign_in import choose_account

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.support.api.deployment import Clock
    from tests.support.extension.browser import Extension
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

pytestmark = pytest.mark.browser
POPUP = "popup/popup.html"


async def test_the_popup_says_what_to_do_next(extension: Extension, admin: Person, proxy: TlsProxy) -> None:
    popup = await extension.open(POPUP)
    await expect(popup.get_by_text("Enter your server’s address in the options")).to_be_visible()
    await assert_accessible(popup)
    async with extension.context.expect_page() as opened:
        await popup.locator("#empty-state-button").click()
    await (await opened.value).wait_for_url(extension.url("options/options.html"))

    await extension.ask("server.set", address=admin.site.origin)
    await popup.reload()
    await expect(popup.get_by_text("Sign in to see your newest links here.")).to_be_visible()
    async with extension.context.expect_page() as opened:
        await popup.get_by_role("button", name="Sign in").click()
    await choose_account(await opened.value, admin.name)

    await expect(popup.get_by_text("No links yet. Compose a message in Gmail")).to_be_visible()
    await expect(popup.get_by_role("button", name="Open Gmail")).to_be_visible()
    dashboard = popup.get_by_role("link", name="Open dashboard")
    await expect(dashboard).to_have_attribute("href", f"{admin.site.origin}/dashboard")
    proxy.is_down = True
    await popup.reload()
    await expect(popup.get_by_text("book.acme.test cannot be reached.")).to_be_visible()
    proxy.is_down = False
    [page] = (await admin.api.get("/booking-pages")).items
    assert (await admin.api.delete(f"/booking-pages/{page['id']}", confirm=1)).status == 204
    await popup.get_by_role("button", name="Try again").click()
    await expect(popup.get_by_text("You have no booking page yet.")).to_be_visible()


async def test_the_popup_lists_the_newest_links_with_their_states(
    extension: Extension, admin: Person, member: Person, clock: Clock
) -> None:
    links = await _links(admin)
    clock.forward(days=2)
    await member.api.new_link(links["page"], note="of somebody else")
    await admin.sign_in(extension)
    popup = await extension.open(POPUP)
    rows = popup.get_by_role("listitem")
    await expect(rows).to_have_count(6)
    told = [" ".join((await row.locator(".about").inner_text()).split()) for row in await rows.all()]
    assert told == [
        "Meet Ada Cara <b>Customer</b> Not opened yet · good until Tue 16 Feb",
        "Meet Ada Opened Wed 18 Nov, 12:06",
        "Meet Ada Revoked",
        "Meet Ada Expired Thu 19 Nov",
        "Meet Ada Carla Customer Booked, then cancelled",
        "Meet Ada Bob Booker Booked for Thu 19 Nov, 10:00",
    ]
    assert [await row.get_by_role("button").all_inner_texts() for row in await rows.all()] == [
        ["Copy", "Revoke"],
        ["Copy", "Revoke"],
        ["Undo"],
        [],
        [],
        [],
    ]
    title = rows.first.get_by_role("link", name="Meet Ada")
    await expect(title).to_have_attribute(
        "href", f"{admin.site.origin}/dashboard/links/{links['fresh']['id']}"
    )
    await assert_accessible(popup)


async def test_a_link_is_copied_revoked_and_reactivated(extension: Extension, admin: Person) -> None:
    [page] = (await admin.api.get("/booking-pages")).items
    link = await admin.api.new_link(page)
    await admin.sign_in(extension)
    await extension.context.grant_permissions(["clipboard-read", "clipboard-write"])
    popup = await extension.open(POPUP)
    await popup.get_by_role("button", name="Copy").click()
    await expect(popup.get_by_text("Copied.")).to_be_visible()
    assert await popup.evaluate("navigator.clipboard.readText()") == link["url"]
    await popup.get_by_role("button", name="Revoke").press("Enter")
    await expect(popup.get_by_role("button", name="Undo")).to_be_focused()
    assert (await admin.api.get(f"/links/{link['id']}")).body["status"] == "revoked"
    await popup.keyboard.press("Enter")
    await expect(popup.get_by_text("The link works again.")).to_be_visible()
    await expect(popup.get_by_role("button", name="Revoke")).to_be_focused()
    assert (await admin.api.get(f"/links/{link['id']}")).body["status"] == "active"


async def test_a_revocation_is_done_after_signing_in_again(extension: Extension, admin: Person) -> None:
    [page] = (await admin.api.get("/booking-pages")).items
    link = await admin.api.new_link(page)
    await admin.sign_in(extension)
    popup = await extension.open(POPUP)
    await expect(popup.get_by_role("button", name="Revoke")).to_be_visible()
    await admin.end_app(extension)
    await popup.get_by_role("button", name="Revoke").click()
    await expect(popup.get_by_text("You are signed out. Sign in again")).to_be_visible()
    async with extension.context.expect_page() as opened:
        await popup.get_by_role("button", name="Sign in").click()
    window = await opened.value
    await window.get_by_role("button", name=admin.name).wait_for()
    await popup.close()  # as the toolbar's popup closes when another window is focused
    await choose_account(window, admin.name)
    popup = await extension.open(POPUP)
    undo = popup.get_by_role("button", name="Undo")
    again = popup.get_by_role("button", name="Sign in").or_(popup.get_by_role("button", name="Revoke"))
    await _until_shown(popup, undo, again)
    assert (await admin.api.get(f"/links/{link['id']}")).body["status"] == "revoked"


async def _links(admin: Person) -> dict[str, Any]:
    """A page with a link in each state, the last one `fresh`."""
    [page] = (await admin.api.get("/booking-pages")).items
    api = admin.api
    customer = type(api)(api.http, api.server)
    booked = await api.new_link(page)
    assert (await customer.book(booked["code"], "2026-11-19T09:00:00Z", name="Bob Booker")).status == 201
    cancelled = await api.new_link(page)
    reply = await customer.book(cancelled["code"], "2026-11-19T10:00:00Z")
    assert (await api.post(f"/bookings/{reply.body['id']}/cancel", {})).status == 200
    await api.new_link(page, expires_in_days=1)
    revoked = await api.new_link(page)
    assert (await api.post(f"/links/{revoked['id']}/revoke", {})).status == 200
    opened = await api.new_link(page, expires_in_days=None)
    assert (await customer.post(f"/book/{opened['code']}/opened", {})).status == 204
    person = {"name": "Cara <b>Customer</b>", "email": "cara@customer.test"}
    return {"page": page, "fresh": await api.new_link(page, person=person)}


async def _until_shown(popup: Page, wanted: Locator, other: Locator) -> None:
    """Reload the popup until it shows `wanted`: the worker may not have finished."""
    while True:
        await expect(wanted.or_(other)).to_be_visible()
        if await wanted.is_visible():
            return
        await popup.reload()
