"""A fakegoogle that runs for the length of a test, and requests that tests send to it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp
from aiohttp.test_utils import TestServer
from yarl import URL

from admitone.fakegoogle.app import make_app
from admitone.fakegoogle.demo import CLIENT
from admitone.fakegoogle.oauth.keys import SigningKey
from admitone.fakegoogle.state import State
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from admitone.fakegoogle.addon.draft import Deployment

REDIRECT_URI = CLIENT.redirect_uris[0]
VERIFIER = "a-verifier-of-no-less-than-forty-three-characters"
CHALLENGE = "lkX6eV3Dg1mafQTsguXSCQIsEUq4U9MsY4-oBFmlkws"
CALENDAR = "https://www.googleapis.com/auth/calendar"
GMAIL = "https://www.googleapis.com/auth/gmail"


class FakeGoogle:
    """A running stand-in at `url`; its `state` is this process's own, so tests may read it."""

    def __init__(self, url: str, state: State, http: aiohttp.ClientSession) -> None:
        self.url = url
        self.state = state
        self.http = http

    async def control(self, path: str, **body: Any) -> Any:
        """POST `/_control/<path>`."""
        async with self.http.post(f"{self.url}/_control/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def fault(self, match: str, kind: str, **more: Any) -> None:
        """Let the next call of a method fail."""
        await self.control("faults", match=match, kind=kind, **more)

    async def consent(
        self, account: str = "admin@acme.test", **changes: str | None
    ) -> aiohttp.ClientResponse:
        """Press the account's button; the answer. `changes` replace parameters, None removes one."""
        return await self.http.post(
            authorization_url(self.url, **changes), data={"account": account}, allow_redirects=False
        )

    async def code(self, account: str = "admin@acme.test", **changes: str | None) -> str:
        """A code for the account."""
        answer = await self.consent(account, **changes)
        assert answer.status == 302, await answer.text()
        return URL(answer.headers["Location"]).query["code"]

    async def token(self, **changes: str | None) -> aiohttp.ClientResponse:
        """The answer of `/token`."""
        form = {
            "grant_type": "authorization_code",
            "client_id": CLIENT.client_id,
            "client_secret": CLIENT.client_secret,
            "redirect_uri": REDIRECT_URI,
            "code_verifier": VERIFIER,
            **changes,
        }
        return await self.http.post(f"{self.url}/token", data=_present(form))

    async def refresh(self, refresh_token: str, **changes: str | None) -> aiohttp.ClientResponse:
        """The answer of `/token` to a refresh token."""
        return await self.token(
            grant_type="refresh_token",
            refresh_token=refresh_token,
            redirect_uri=None,
            code_verifier=None,
            **changes,
        )


async def until(condition: Callable[[], bool]) -> None:
    """Let other tasks run until `condition` is true, at most for the time that a test may take."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - the server signals nothing that could be awaited
            await asyncio.sleep(0.001)


@asynccontextmanager
async def running(
    state: State | None = None, *, file: Path | None = None, addon: Deployment | None = None
) -> AsyncIterator[FakeGoogle]:
    """A stand-in on a free port, in whose Gmail an `addon` may be installed."""
    state = state or State(key=signing_key())
    server = TestServer(make_app(state, file=file, addon=addon))
    await server.start_server()
    try:
        async with aiohttp.ClientSession() as http:
            yield FakeGoogle(str(server.make_url("")).rstrip("/"), state, http)
    finally:
        await server.close()


@cache
def signing_key() -> SigningKey:
    """One key for all tests: generating one is slow."""
    return SigningKey.generate()


def authorization_url(base: str, **changes: str | None) -> str:
    """A valid sign-in URL with `changes`; None removes a parameter."""
    parameters: dict[str, str | None] = {
        "client_id": CLIENT.client_id,
        "redirect_uri": REDIRECT_URI,
        "response_type": "code",
        "scope": "openid email profile",
        "state": "the-state",
        "nonce": "the-nonce",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **changes,
    }
    return f"{base}/o/oauth2/v2/auth?{urlencode(_present(parameters))}"


def _present(values: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}
