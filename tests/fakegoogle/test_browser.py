"""The pages in a real browser, with its forms, redirects and origins."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import expect

from admitone.fakegoogle.demo import CLIENT
from tests.support.dashboard.accessibility import violations
from tests.support.fakegoogle.apis import access
from tests.support.fakegoogle.running import authorization_url
from tests.support.patience import PATIENCE_MS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

    from tests.support.fakegoogle.running import FakeGoogle

pytestmark = pytest.mark.browser


@pytest.fixture
async def page(chromium: Browser) -> Page:
    """A page in a new window, without JavaScript: the pages do not need it."""
    window = await chromium.new_context(java_script_enabled=False)
    window.set_default_timeout(PATIENCE_MS)
    return await window.new_page()


@pytest.fixture
async def callback() -> AsyncIterator[str]:
    """The redirect address of a sign-in: a page that shows its parameters."""

    async def show(request: web.Request) -> web.Response:
        return web.Response(text="\n".join(f"{name}={value}" for name, value in request.query.items()))

    app = web.Application()
    app.router.add_get("/callback", show)
    async with TestServer(app) as server:
        yield str(server.make_url("/callback"))


async def test_an_account_is_chosen_with_the_keyboard(google: FakeGoogle, page: Page, callback: str) -> None:
    await google.control(
        "clients",
        client_id=CLIENT.client_id,
        client_secret=CLIENT.client_secret,
        redirect_uris=[callback],
    )
    await page.goto(authorization_url(google.url, redirect_uri=callback, login_hint="sam@gmail.test"))
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{callback}*")
    text = await page.inner_text("body")
    assert "state=the-state" in text
    [code] = google.state.data.codes.values()
    assert code.account == "sam@gmail.test"


async def test_an_event_is_moved_and_deleted(google: FakeGoogle, page: Page) -> None:
    admin = await access(google)
    await admin.insert(summary="Demo")
    await page.goto(f"{google.url}/")
    await page.get_by_role("link", name="Ada Keller").click()
    await page.get_by_label("Starts").fill("2026-03-04T15:30")
    await page.get_by_role("button", name="Move").click()
    await page.get_by_text("Wed 04 Mar 2026 15:30 to 16:30").wait_for()
    await page.get_by_role("button", name="Delete").click()
    await page.get_by_role("heading", name="Demo (cancelled)").wait_for()
    assert await admin.listed() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_mail_is_shown_as_it_is_read_and_can_do_nothing(
    google: FakeGoogle, chromium: Browser, scheme: Any
) -> None:
    """Not even with JavaScript: the mail's frame may only open links in other tabs."""
    admin = await access(google)
    mail = (
        "To: carla@else.test\r\nSubject: Booked\r\nContent-Type: text/html\r\n\r\n"
        "<h1>Booked</h1><script>parent.document.title = document.title = 'bad'</script>"
        '<img src="/_control/state" onerror="top.location = \'/\'"><a href="https://else.test">Yours</a>\r\n'
    )
    raw = base64.urlsafe_b64encode(mail.encode()).decode()
    await admin.run(admin.messages.send(userId="me", body={"raw": raw}))
    window = await chromium.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    window.set_default_timeout(PATIENCE_MS)
    page = await window.new_page()
    for path in "/", "/accounts/admin@acme.test":
        await page.goto(google.url + path)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert await violations(page) == []
    await page.get_by_role("link", name="Booked").click()
    frame = page.frame_locator("iframe")
    await frame.get_by_role("heading", name="Booked").wait_for()
    await expect(frame.get_by_role("link", name="Yours")).to_have_count(1)
    assert await page.title() == "Booked · fakegoogle"
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await window.close()
