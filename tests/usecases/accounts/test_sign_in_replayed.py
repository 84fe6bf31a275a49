"""A sign-in that was used is good for nothing more, whoever kept a copy of what it was made of."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from admitone.domain.errors import SignInExpired
from admitone.google.errors import GoogleRefused
from tests.support.accounts.browser import ADA, refuses
from tests.support.accounts.people import sessions

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.accounts.browser import Browser
    from tests.support.accounts.site import Site


async def test_the_same_browser_comes_back_twice(browser: Browser, redis: Redis) -> None:
    """As when the page is loaded again: the session stays, and there is no second one."""
    ready = await browser.choose(await browser.begin(), ADA)
    assert (await browser.get(ready)).status == 303
    session = browser.session
    refuses(await browser.get(ready), SignInExpired)
    assert browser.session == session
    assert await browser.me()
    assert len(await sessions(redis)) == 1


async def test_the_code_is_good_once_even_with_a_copy_of_the_cookie(
    browser: Browser, site: Site, redis: Redis
) -> None:
    thief = site.browser()
    ready = await browser.choose(await browser.begin(), ADA)
    thief.plant(browser.attempts)
    assert (await browser.get(ready)).status == 303
    refuses(await thief.get(ready), GoogleRefused)
    assert await thief.me() is None
    assert len(await sessions(redis)) == 1


async def test_of_two_requests_with_one_code_at_most_one_gets_in(browser: Browser, redis: Redis) -> None:
    ready = await browser.choose(await browser.begin(), ADA)
    answers = await asyncio.gather(*(browser.get(ready) for _ in range(3)))
    assert sorted(answer.status for answer in answers) == [303, 400, 400]
    assert len(await sessions(redis)) == 1


@pytest.mark.parametrize("what", ["state", "nonce", "code_challenge"])
async def test_nothing_of_an_attempt_comes_again(browser: Browser, what: str) -> None:
    assert len({(await browser.begin()).query[what] for _ in range(20)}) == 20
