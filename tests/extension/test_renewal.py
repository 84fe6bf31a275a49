"""Staying signed in: tokens are renewed silently, even if the worker stops or an answer is lost."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.support.extension.sign_in import sign_in_with_google

if TYPE_CHECKING:
    from tests.support.api.deployment import Clock
    from tests.support.extension.browser import Extension
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

pytestmark = pytest.mark.browser
SIGNED_OUT = {
    "ok": False,
    "code": "signed-out",
    "message": "You are signed out. Sign in again to continue.",
}


async def test_tokens_are_renewed_though_the_worker_is_stopped(
    extension: Extension, admin: Person, clock: Clock
) -> None:
    await admin.sign_in(extension)
    seen = set()
    for _ in range(3):
        assert (await extension.ask("pages"))["ok"]
        seen.add((await extension.stored())["refreshToken"])
        await extension.stop_worker()
        clock.forward(minutes=16)  # in the extension's own clock the token is still valid
    await extension.clear_storage("session")  # as closing the browser does
    await extension.stop_worker()
    assert (await extension.ask("pages"))["ok"]
    assert len(seen | {(await extension.stored())["refreshToken"]}) == 4


async def test_concurrent_calls_share_one_renewal(
    extension: Extension, admin: Person, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    before = proxy.count("POST /oauth/token")
    answers = await asyncio.gather(*(extension.ask("pages") for _ in range(5)))
    assert all(answer["ok"] for answer in answers)
    assert proxy.count("POST /oauth/token") == before + 1


async def test_a_renewal_whose_answer_was_lost_is_retried(
    extension: Extension, admin: Person, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    proxy.lose_answer("POST /oauth/token")
    assert (await extension.ask("pages"))["ok"]
    await extension.store({"accessToken": {"token": "about to end", "until": 0}}, "session")
    assert (await extension.ask("pages"))["ok"]
    assert (await extension.stored("session"))["accessToken"]["token"] != "about to end"


async def test_a_worker_that_was_stopped_before_storing_the_tokens_gets_them_again(
    extension: Extension, admin: Person, clock: Clock
) -> None:
    await admin.sign_in(extension)
    before = (await extension.stored())["refreshToken"]
    assert (await extension.ask("pages"))["ok"]
    kept = (await extension.stored())["refreshToken"]
    await extension.stop_worker()
    await extension.store({"refreshToken": before})
    await extension.clear_storage("session")
    clock.forward(seconds=59)
    assert (await extension.ask("pages"))["ok"]
    assert (await extension.stored())["refreshToken"] == kept != before


async def test_a_sign_in_that_the_server_ended_is_reported_and_can_be_renewed(
    extension: Extension, admin: Person
) -> None:
    await admin.sign_in(extension)
    assert (await extension.ask("pages"))["ok"]
    await admin.end_app(extension)
    assert await extension.ask("pages") == SIGNED_OUT
    found = await extension.ask("account")
    assert (found["server"], found["account"]) == (admin.site.origin, None)
    page = extension.own_page
    assert await sign_in_with_google(page, admin.name) == {"ok": True}
    assert (await extension.ask("pages"))["ok"]
    await admin.end_sessions()
    assert await extension.ask("pages") == SIGNED_OUT


async def test_signing_out_during_a_renewal_lasts(
    extension: Extension, admin: Person, proxy: TlsProxy
) -> None:
    await admin.sign_in(extension)
    held = proxy.hold("POST /oauth/token")
    asked = asyncio.create_task(extension.ask("pages"))
    await held.reached.wait()
    await extension.ask("sign-out")
    held.release.set()
    assert await asked == SIGNED_OUT
    assert (await extension.ask("account"))["account"] is None
    assert await extension.stored("session") == {}
