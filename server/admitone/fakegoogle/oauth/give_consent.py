"""Giving consent without a browser, for the demo."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import aiohttp

TIMEOUT = aiohttp.ClientTimeout(total=10)  # seconds


async def give_consent(url: str, account: str) -> str:
    """Press the account's button on the consent page at `url`, and return the authorisation code.

    Raises `aiohttp.ClientError` or KeyError if the stand-in refuses.
    """
    async with (
        aiohttp.ClientSession(timeout=TIMEOUT) as http,
        http.post(url, data={"account": account}, allow_redirects=False) as answer,
    ):
        answer.raise_for_status()
        return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]
