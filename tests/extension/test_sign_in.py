"""Signing in and out, through the window that the extension opens."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.support.accounts.browser import ADA, MAX
from tests.support.extension.sign_in import SEND, sign_in_with_google

if TYPE_CHECKING:
    from tests.support.accounts.site import Site
    from tests.support.extension.browser import Extension
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

pytestmark = pytest.mark.browser


async def test_a_person_signs_in_with_google_and_out_again(
    extension: Extension, admin: Person, site: Site
) -> None:
    page = extension.own_page
    await page.evaluate(SEND, {"kind": "server.set", "address": site.origin})
    assert await extension.ask("pages") == {
        "ok": False,
        "code": "signed-out",
        "message": "You are signed out. Sign in again to continue.",
    }
    assert await sign_in_with_google(page, admin.name) == {"ok": True}
    account = (await extension.ask("account"))["account"]
    assert account == {"id": admin.api.user, "email": ADA, "name": admin.name, "workspace": "Acme"}
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
    extension: Extension, admin: Person, member: Person, site: Site
) -> None:
    page = extension.own_page
    await page.evaluate(SEND, {"kind": "server.set", "address": site.origin})
    await sign_in_with_google(page, admin.name)
    await extension.ask("sign-out")
    await sign_in_with_google(page, member.name)
    assert (await extension.ask("account"))["account"]["email"] == MAX


async def test_closing_the_window_cancels_the_sign_in(
    extension: Extension, admin: Person, site: Site
) -> None:
    page = extension.own_page
    await page.evaluate(SEND, {"kind": "server.set", "address": site.origin})
    async with page.context.expect_page() as opened:
        asked = asyncio.create_task(page.evaluate(SEND, {"kind": "sign-in"}))
    window = await opened.value
    await window.get_by_role("button", name=admin.name).wait_for()
    await window.close()
    assert await asked == {
        "ok": False,
        "code": "sign-in-cancelled",
        "message": "You did not sign in. Nothing has changed.",
    }


@pytest.mark.parametrize("lost", ["POST /oauth/token", "GET /api/v1/me"])
async def test_a_sign_in_that_fails_half_way_leaves_no_token(
    extension: Extension, admin: Person, proxy: TlsProxy, site: Site, lost: str
) -> None:
    page = extension.own_page
    await page.evaluate(SEND, {"kind": "server.set", "address": site.origin})
    held = proxy.hold(lost)
    asked = asyncio.create_task(sign_in_with_google(page, admin.name))
    await held.reached.wait()
    proxy.is_down = True
    held.release.set()
    assert (await asked)["code"] == "unreachable"
    proxy.is_down = False
    assert (await extension.ask("account"))["account"] is None
    assert "refreshToken" not in await extension.stored()
    assert (await extension.ask("pages"))["code"] == "signed-out"
    if lost == "POST /oauth/token":
        assert await page.evaluate(SEND, {"kind": "sign-in"}) == {
            "ok": True
        }  # by the session that the first attempt created
