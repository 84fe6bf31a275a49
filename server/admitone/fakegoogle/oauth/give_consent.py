"""The consent page from the other side: somebody presses the button of their account."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import aiohttp

TIMEOUT = aiohttp.ClientTimeout(total=10)  # seconds


async def give_consent(url: str, account: str) -> str:
    """The code with which an account that allows everything is sent back; `url` is the page's.

    Raises `aiohttp.ClientError` and KeyError where the stand-in refuses.
    """
    async with (
        aiohttp.ClientSession(timeout=TIMEOUT) as http,
        http.post(url, data={"account": account}, allow_redirects=False) as answer,
    ):
        answer.raise_for_status()
        return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]
