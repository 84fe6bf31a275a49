"""Signing in, from the button to the page that the person wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sign_in.browser import ADA
from tests.sign_in.people import the_workspace

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.sign_in.browser import Browser


async def test_somebody_signs_in_and_is_who_they_are(browser: Browser, redis: Redis) -> None:
    me = await browser.sign_in(ADA)
    assert (me["email"], me["name"], me["role"]) == (ADA, "Ada Keller", "administrator")
    assert (await the_workspace(redis)).users.keys() == {me["id"]}
