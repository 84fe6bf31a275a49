"""The toolbar's popup: the newest links and their states, and a search."""

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


async def test_a_search_finds_links_while_one_types(
    extension: Extension, admin: Person, member: Person, proxy: TlsProxy
) -> None:
    [page] = (await admin.api.get("/booking-pages")).items
    await _link_for(admin, page, "Carla Customer")
    await _link_for(member, page, "Carla of Max")
    for number in range(10):
        await _link_for(admin, page, f"Bob {number}")
    await admin.sign_in(extension)
    popup = await extension.open(POPUP)
    rows, field = popup.get_by_role("listitem"), popup.get_by_role("searchbox")
    await expect(field).to_be_focused()
    await expect(rows).to_have_count(8)
    asked = proxy.count("GET /api/v1/links?")
    held = proxy.hold("GET /api/v1/links?")
    await popup.keyboard.type("carl", delay=10)
    await held.reached.wait()
    await expect(popup.locator("#links")).to_have_attribute("aria-busy", "true")
    await expect(rows).to_have_count(8)  # until the answer is here
    held.release.set()
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Carla Customer")
    await expect(popup.get_by_text("Links found: 1", exact=True)).to_be_visible()
    assert proxy.count("GET /api/v1/links?") == asked + 1
    await assert_accessible(popup)
    await popup.keyboard.press("Escape")
    await expect(field).to_have_value("")
    await expect(rows).to_have_count(8)
    await popup.keyboard.type("nobody")
    await expect(popup.get_by_text("None of your links matches “nobody”.")).to_be_visible()
    await expect(rows).to_have_count(0)
    await expect(field).to_be_focused()
    await expect(popup.get_by_text("No links yet.")).to_be_hidden()
    proxy.is_down = True
    await field.fill("carla")
    await popup.keyboard.press("Enter")
    await expect(popup.get_by_text("book.acme.test cannot be reached.")).to_be_visible()
    proxy.is_down = False
    await popup.get_by_role("button", name="Try again").click()
    await expect(rows).to_have_count(1)
    await expect(field).to_have_value("carla")


async def test_the_answer_to_an_earlier_search_is_dropped(
    extension: Extension, admin: Person, proxy: TlsProxy
) -> None:
    [page] = (await admin.api.get("/booking-pages")).items
    for name in ("Anna", "Bob", "Carla"):
        await _link_for(admin, page, name)
    await admin.sign_in(extension)
    popup = await extension.open(POPUP)
    rows, field = popup.get_by_role("listitem"), popup.get_by_role("searchbox")
    await expect(rows).to_have_count(3)
    held = proxy.hold("GET /api/v1/links?")
    await field.fill("anna")
    await held.reached.wait()
    await field.fill("bob")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Bob")
    held.release.set()
    await extension.ask("links.list", q="anna")  # by then the answer that was held has come
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Bob")


async def test_the_list_goes_on(extension: Extension, admin: Person) -> None:
    [page] = (await admin.api.get("/booking-pages")).items
    for number in range(10):
        await _link_for(admin, page, f"Bob {number}")
    await admin.sign_in(extension)
    popup = await extension.open(POPUP)
    rows, more = popup.get_by_role("listitem"), popup.get_by_role("button", name="Show more")
    await popup.get_by_role("searchbox").fill("bob")
    await expect(popup.get_by_text("Links found so far: 8", exact=True)).to_be_visible()
    await more.press("Enter")
    await expect(popup.get_by_text("Links found: 10", exact=True)).to_be_visible()
    await expect(more).to_be_hidden()
    await expect(rows.nth(8).get_by_role("link")).to_be_focused()
    person = await rows.nth(9).locator(".who").inner_text()
    await rows.nth(9).get_by_role("button", name="Revoke").press("Enter")
    await expect(rows.nth(9).get_by_role("button", name="Undo")).to_be_focused()
    await expect(rows).to_have_count(10)  # a change keeps the other rows and the search
    await expect(rows.nth(9)).to_contain_text(person)


async def test_a_search_among_many_links_of_colleagues_goes_on_when_asked(
    extension: Extension, admin: Person, member: Person, clock: Clock
) -> None:
    [page] = (await admin.api.get("/booking-pages")).items
    await _link_for(admin, page, "Carla Customer")
    clock.forward(hours=1)  # newer links are examined first
    for part in range(3):  # the server examines 1,000 entries at once
        people = [{"name": f"Carla {n}", "email": f"p{part}-{n}@customer.test"} for n in range(400)]
        made = await member.api.post("/links/batch", {"page": page["id"], "people": people})
        assert made.status == 201
    await admin.sign_in(extension)
    popup = await extension.open(POPUP)
    await popup.get_by_role("searchbox").fill("carla")
    await expect(popup.get_by_text("Nothing found yet.")).to_be_visible()
    await assert_accessible(popup)
    await popup.get_by_role("button", name="Keep searching").press("Enter")
    await expect(popup.get_by_role("listitem")).to_have_count(1)
    await expect(popup.get_by_role("listitem").get_by_role("link")).to_be_focused()
    await expect(popup.get_by_text("Links found: 1", exact=True)).to_be_visible()


async def test_the_popup_is_narrow_in_every_language(extension: Extension, admin: Person) -> None:
    [page] = (await admin.api.get("/booking-pages")).items
    for number in range(9):
        await _link_for(admin, page, f"Bob {number}")
    await admin.sign_in(extension)
    popup = await extension.context.new_page()
    await popup.set_viewport_size({"width": 360, "height": 600})
    session = await extension.context.new_cdp_session(popup)
    for language in ("en", "de", "es", "fr", "pt", "ja"):
        agent = {"userAgent": "Chromium", "acceptLanguage": language}
        await session.send("Emulation.setUserAgentOverride", agent)
        await popup.goto(extension.url(POPUP))
        await popup.get_by_role("searchbox").fill("bob")
        await expect(popup.locator("#found")).not_to_be_empty()
        assert await popup.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), language


async def _link_for(person: Person, page: Any, name: str) -> None:
    address = f"{name.lower().replace(' ', '-')}@customer.test"
    await person.api.new_link(page, person={"name": name, "email": address})


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
