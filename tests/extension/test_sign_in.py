"""Signing in and out, through the window that the extension opens."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.accounts.browser import ADA, MAX

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.accounts.site import Site
    from tests.support.extension.front import Front
    from tests.support.extension.loaded import Extension
    from tests.support.extension.people import Person

pytestmark = pytest.mark.browser


async def test_one_signs_in_over_google_and_out_again(extension: Extension, ada: Person, site: Site) -> None:
    page = await extension.open("messages.js")
    await page.evaluate(ASK, {"kind": "server.set", "address": site.origin})
    assert await extension.ask("pages") == {
        "ok": False,
        "code": "signed-out",
        "message": "You are signed out. Sign in again to continue.",
    }
    assert await signed_in(page, ada.name) == {"ok": True}
    account = (await extension.ask("account"))["account"]
    assert account == {"id": ada.api.user, "email": ADA, "name": ada.name, "workspace": "Acme"}
    found = await extension.ask("pages")
    assert [page["title"] for page in found["pages"]] == ["Meet Ada"]

    token = (await extension.stored())["refreshToken"]
    assert await extension.ask("sign-out") == {"ok": True}
    assert token not in str(await extension.stored())
    assert await extension.stored("session") == {}
    assert (await extension.ask("pages"))["code"] == "signed-out"
    form = {"grant_type": "refresh_token", "client_id": "admitone-extension", "refresh_token": token}
    async with site.http.post(f"{site.address}/oauth/token", data=form) as answer:
        assert (await answer.json())["error"] == "invalid_grant"


async def test_after_signing_out_another_account_can_be_chosen(
    extension: Extension, ada: Person, max_: Person, site: Site
) -> None:
    page = await extension.open("messages.js")
    await page.evaluate(ASK, {"kind": "server.set", "address": site.origin})
    await signed_in(page, ada.name)
    await extension.ask("sign-out")
    await signed_in(page, max_.name)
    assert (await extension.ask("account"))["account"]["email"] == MAX


async def test_who_closes_the_window_is_not_signed_in(extension: Extension, ada: Person, site: Site) -> None:
    page = await extension.open("messages.js")
    await page.evaluate(ASK, {"kind": "server.set", "address": site.origin})
    async with page.context.expect_page() as opened:
        asked = asyncio.create_task(page.evaluate(ASK, {"kind": "sign-in"}))
    window = await opened.value
    await window.get_by_role("button", name=ada.name).wait_for()
    await window.close()
    assert await asked == {
        "ok": False,
        "code": "sign-in-cancelled",
        "message": "You did not sign in. Nothing has changed.",
    }


@pytest.mark.parametrize("lost", ["POST /oauth/token", "GET /api/v1/me"])
async def test_half_a_sign_in_is_none(
    extension: Extension, ada: Person, front: Front, site: Site, lost: str
) -> None:
    page = await extension.open("messages.js")
    await page.evaluate(ASK, {"kind": "server.set", "address": site.origin})
    held = front.hold(lost)
    asked = asyncio.create_task(signed_in(page, ada.name))
    await held.reached.wait()
    front.is_cut = True
    held.release.set()
    assert (await asked)["code"] == "unreachable"
    front.is_cut = False
    assert (await extension.ask("account"))["account"] is None
    assert "refreshToken" not in await extension.stored()
    assert (await extension.ask("pages"))["code"] == "signed-out"
    if lost == "POST /oauth/token":
        assert await page.evaluate(ASK, {"kind": "sign-in"}) == {
            "ok": True
        }  # by the session that there is now


ASK = "message => chrome.runtime.sendMessage(message)"


async def signed_in(page: Page, name: str) -> Any:
    """Ask to sign in, and choose the account of that name at Google: the answer."""
    async with page.context.expect_page() as opened:
        asked = asyncio.create_task(page.evaluate(ASK, {"kind": "sign-in"}))
    await (await opened.value).get_by_role("button", name=name).click()
    return await asked
