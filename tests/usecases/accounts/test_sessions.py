"""Sessions: whose they are, how long they last, and what ends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.domain import tokens
from admitone.domain.errors import Unauthenticated
from admitone.store.records.credentials.sessions import LIFETIME, session_id
from admitone.usecases.accounts.api_key_create import create_api_key
from admitone.usecases.accounts.api_keys import ApiKeyBody
from admitone.usecases.accounts.user_find import ensure_user
from admitone.web.http.session_cookie import csrf_token
from tests.support.accounts.browser import ADA, MAX, OLGA, SAM, refuses
from tests.support.accounts.people import sessions
from tests.support.accounts.site import running_site

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.accounts.browser import Browser, Reply
    from tests.support.accounts.site import Site
    from tests.support.api.deployment import Clock
    from tests.support.fakegoogle.running import FakeGoogle

ME = "/api/v1/me"


async def test_a_session_holds_at_every_server(
    browser: Browser, redis_url: str, google: FakeGoogle, clock: Clock
) -> None:
    me = await browser.sign_in(ADA)
    async with running_site(redis_url, google, clock) as other:
        browser.address = other.address
        assert await browser.me() == me


async def test_a_session_lasts_as_long_as_its_cookie(browser: Browser, redis: Redis) -> None:
    back = await browser.come_back(ADA)
    [key] = await sessions(redis)
    assert LIFETIME - 60 < await redis.ttl(key) <= LIFETIME
    assert f"Max-Age={LIFETIME};" in back.cookies[0]


async def test_a_session_that_is_over_lets_nobody_in(browser: Browser, redis: Redis) -> None:
    await browser.sign_in(ADA)
    [key] = await sessions(redis)
    await redis.pexpire(key, 0)
    refuses(await browser.get(ME), Unauthenticated)
    await browser.sign_in(ADA)


async def test_signing_out_ends_every_copy_of_the_cookie(browser: Browser, site: Site, redis: Redis) -> None:
    await browser.sign_in(ADA)
    assert browser.session
    thief, elsewhere = site.browser(), site.browser()
    thief.plant(browser.cookies)
    await elsewhere.sign_in(ADA)
    assert await thief.me()
    answer = await sign_out(browser)
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    assert browser.cookies == {}
    refuses(await thief.get(ME), Unauthenticated)
    assert await elsewhere.me()
    assert len(await sessions(redis)) == 1


async def test_signing_out_by_api_key_is_nothing_and_needs_a_session(browser: Browser, site: Site) -> None:
    refuses(await browser.call("POST", "/auth/sign-out"), Unauthenticated)
    await browser.sign_in(ADA)
    assert (await browser.get("/auth/sign-out")).status == 405
    assert await browser.me()


async def test_who_is_deactivated_is_out_at_once_at_every_server(
    browser: Browser, site: Site, redis_url: str, google: FakeGoogle, clock: Clock
) -> None:
    async with running_site(redis_url, google, clock) as other:
        me = await browser.sign_in(ADA)
        colleague = other.browser()
        await colleague.sign_in(MAX)
        workspace = me["workspace"]["id"]
        for address in site.address, other.address:  # both have the record in their caches now
            browser.address = address
            assert await browser.me()
        await other.change_user(workspace, me["id"], active=False)
        for address in site.address, other.address:
            browser.address = address
            refuses(await browser.get(ME), Unauthenticated)
            refuses(await sign_out(browser), Unauthenticated)
        assert await colleague.me()
        await site.change_user(workspace, me["id"], active=True)
        assert await browser.me() == me


async def test_a_role_counts_from_the_moment_it_is_given(browser: Browser, site: Site) -> None:
    me = await browser.sign_in(ADA)
    assert (await browser.get("/api/v1/settings")).status == 200
    await site.change_user(me["workspace"]["id"], me["id"], role="member")
    assert (await browser.get("/api/v1/settings")).status == 403
    assert (await browser.me())["role"] == "member"


async def test_a_session_opens_no_other_workspace(browser: Browser, site: Site) -> None:
    """Not where its workspace's characters are exchanged either: the address is of the whole token."""
    olga = site.browser()
    theirs, mine = await olga.sign_in(OLGA), await browser.sign_in(ADA)
    assert browser.session
    moved = theirs["workspace"]["id"] + browser.session[tokens.WORKSPACE_LENGTH :]
    thief = site.browser()
    thief.plant({"admitone": moved})
    refuses(await thief.get(ME), Unauthenticated)
    made = await post(browser, "/api/v1/event-types", {"name": "Ours", "duration_minutes": 30})
    assert made.status == 201
    path = f"/api/v1/event-types/{made.body['id']}"
    assert (await browser.get(path)).status == 200
    assert (await olga.get(path)).status == 404
    assert (await post(olga, path, {"name": "Mine now"}, "PATCH")).status == 404
    assert (await olga.me())["workspace"]["id"] != mine["workspace"]["id"]


@pytest.mark.parametrize(
    "cookie", ["", "x", "0" * 40, "U" * 40, "0" * 41, "é" * 40, "0" * 8000, '"', "..", "%00", "0ABC" * 10]
)
async def test_a_cookie_that_is_no_session_lets_nobody_in(browser: Browser, cookie: str) -> None:
    refuses(await browser.get(ME, Cookie=f"admitone={cookie}"), Unauthenticated)


async def test_a_planted_session_does_not_become_the_persons_own(browser: Browser, site: Site) -> None:
    """Fixation: whoever knows a cookie that was there before signing in knows nothing afterwards."""
    browser.plant({"admitone": "0ABC" + "7" * 36})
    await browser.sign_in(ADA)
    assert browser.session != "0ABC" + "7" * 36
    thief = site.browser()
    thief.plant({"admitone": "0ABC" + "7" * 36})
    assert await thief.me() is None


async def test_what_is_in_redis_is_no_session(browser: Browser, redis: Redis) -> None:
    await browser.sign_in(ADA)
    assert browser.session
    [key] = await sessions(redis)
    assert key.decode().endswith(session_id(browser.session))
    for stolen in key.decode().rpartition(":")[2], browser.session.lower()[::-1]:
        refuses(await browser.get(ME, Cookie=f"admitone={stolen}"), Unauthenticated)


async def test_a_header_that_names_somebody_else_outranks_the_session(browser: Browser, site: Site) -> None:
    await browser.sign_in(ADA)
    workspace, sam = await ensure_user(site.services, SAM, name="Sam")
    key = await create_api_key(site.services, workspace, sam, ApiKeyBody(label="Sam's"))
    assert (await browser.get(ME, Authorization=f"Bearer {key}")).body["email"] == SAM
    refuses(await browser.get(ME, Authorization="Bearer nothing"), Unauthenticated)
    refuses(await browser.get(ME, Authorization="Basic nothing"), Unauthenticated)


async def test_head_answers_as_get_without_a_body_and_needs_no_csrf_token(browser: Browser) -> None:
    refuses(await browser.get(ME), Unauthenticated)
    assert (await browser.call("HEAD", ME)).status == 401
    await browser.sign_in(ADA)
    for path in ME, "/api/v1/links", "/dashboard":
        got, head = await browser.get(path), await browser.call("HEAD", path)
        assert (head.status, head.text) == (got.status, "") == (200, "")


async def sign_out(browser: Browser) -> Reply:
    """Press *Sign out*."""
    return await browser.call("POST", "/auth/sign-out", data={"csrf": csrf_token(browser.session or "")})


async def post(browser: Browser, path: str, body: object, method: str = "POST") -> Reply:
    """A call of the dashboard."""
    return await browser.call(
        method, path, body=body, headers={"X-CSRF-Token": csrf_token(browser.session or "")}
    )
