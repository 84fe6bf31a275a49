"""A server at its own public address, fakegoogle in Google's place, and browser windows of users."""

from __future__ import annotations

import csv
import io
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import msgspec
import pytest
from multidict import MultiDict

from admitone import app
from admitone.config import Config
from admitone.domain import tokens
from admitone.fakegoogle.demo import CLIENT
from admitone.fakegoogle.state import State
from admitone.google.endpoints import google_endpoints
from admitone.google.sign_in import GoogleSignIn
from admitone.store.records.credentials.sessions import Session, write_session
from admitone.store.redis.connect import open_redis
from admitone.store.store import open_store
from admitone.usecases.shared.services import new_token
from admitone.web.application import build
from admitone.web.http.appkeys import GOOGLE, READY, SERVICES
from admitone.web.http.connections.listen import listening
from tests.support.api.deployment import PARTITIONS, Clock, Deployment
from tests.support.factories import SEALER, WORKSPACE
from tests.support.fakegoogle.running import running, signing_key
from tests.support.patience import PATIENCE_MS
from tests.support.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from aiohttp import web
    from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

    from admitone.usecases.shared.services import Services
    from tests.support.api.calling import Api
    from tests.support.fakegoogle.running import FakeGoogle

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 320, "height": 640}
Window = dict[str, Any]
"""Options of a browser window."""

desktop_and_phone = pytest.mark.parametrize(
    "window",
    [
        {"viewport": DESKTOP, "java_script_enabled": True, "color_scheme": "light"},
        {"viewport": NARROW, "java_script_enabled": False, "color_scheme": "dark"},
    ],
    ids=["desk", "phone"],
)
"""Run a test on a desktop with scripts, and on the narrowest phone without."""

CALLBACK = "/auth/google/callback"


class DashboardServer(Deployment):
    """A running server with fakegoogle, and the browser that opens its pages."""

    browser: Browser
    services: Services
    google: FakeGoogle

    async def session(self, user: Api) -> str:
        """The token of a new session of a user."""
        token = new_token(WORKSPACE, tokens.SESSION_LENGTH)
        await write_session(self.store, WORKSPACE, token, Session(user=user.user, at=self.clock.now))
        return token

    async def context(self, user: Api | None = None, **options: Any) -> BrowserContext:
        """A fresh browser window, signed in as `user`; of a desktop's size by default."""
        window = await self.browser.new_context(
            **{"viewport": DESKTOP, "locale": "en-GB", "base_url": self.url} | options
        )
        window.set_default_timeout(PATIENCE_MS)
        if user is not None:
            cookie = {"name": "admitone", "value": await self.session(user), "url": self.url}
            await window.add_cookies([cookie])  # type: ignore[list-item]
        return window

    async def page(self, user: Api | None = None, **options: Any) -> Page:
        """A page in a fresh window; the test fails if one of its scripts fails."""
        window = await self.context(user, **options)
        page = await window.new_page()
        page.on("pageerror", _fail)
        return page

    async def get(self, user: Api | None, path: str, **headers: str) -> aiohttp.ClientResponse:
        """A GET as a browser sends it; redirects are not followed."""
        return await self._request("GET", user, path, None, headers)

    async def post(self, user: Api, path: str, **fields: str) -> aiohttp.ClientResponse:
        """POST a form of the dashboard, with the CSRF token of the session."""
        return await self.send(user, path, fields)

    async def send(
        self, user: Api, path: str, fields: Mapping[str, str], **headers: str
    ) -> aiohttp.ClientResponse:
        """As `post`, with headers of a script; a MultiDict sends several values of a field."""
        return await self._request("POST", user, path, fields, headers)

    async def _request(
        self,
        method: str,
        user: Api | None,
        path: str,
        fields: Mapping[str, str] | None,
        headers: dict[str, str],
    ) -> aiohttp.ClientResponse:
        sent = {"Accept": "text/html", **headers}
        if user is not None:
            token = await self.session(user)
            sent["Cookie"] = f"admitone={token}"
            if fields is not None:
                fields = MultiDict(fields)
                fields.setdefault("csrf", tokens.address("csrf", token))
        answer = await self.http.request(
            method, f"{self.url}{path}", data=fields, headers=sent, allow_redirects=False
        )
        await answer.read()
        return answer


async def downloaded(
    dashboard: DashboardServer, user: Api, path: str, language: str = "en"
) -> list[dict[str, str]]:
    """The rows of a file for spreadsheets, by the titles of its columns."""
    answer = await dashboard.get(user, path, **{"Accept-Language": language})
    assert (answer.status, answer.content_type) == (200, "text/csv")
    text = (await answer.read()).decode()
    assert text.startswith("\ufeff")  # or Excel takes it for another encoding
    return list(csv.DictReader(io.StringIO(text[1:])))


@asynccontextmanager
async def running_dashboard(
    redis_url: str, clock: Clock, browser: Browser | None = None
) -> AsyncIterator[DashboardServer]:
    """Serve on the Redis at `redis_url`, under an address that fakegoogle knows; pages need a `browser`."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    registered = msgspec.structs.replace(CLIENT, redirect_uris=(f"{url}{CALLBACK}",))
    state = State(key=signing_key(), clients=[registered])
    async with (
        running(state) as google,
        open_redis(redis_url) as client,
        open_store(client, SEALER, PARTITIONS) as store,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http,
    ):
        config = Config(
            {
                "ADMITONE_ENV": "test",
                "ADMITONE_PUBLIC_URL": url,
                "ADMITONE_GOOGLE_ENDPOINT": google.url,
                "ADMITONE_GOOGLE_CLIENT_ID": CLIENT.client_id,
                "ADMITONE_GOOGLE_CLIENT_SECRET": CLIENT.client_secret,
            }
        )
        services = msgspec.structs.replace(app.services(config, store), now=clock)

        async def opened(application: web.Application) -> AsyncIterator[None]:
            application[READY] = store.readiness
            application[SERVICES] = services
            application[GOOGLE] = GoogleSignIn(
                http,
                google_endpoints(google.url),
                client_id=CLIENT.client_id,
                client_secret=CLIENT.client_secret,
            )
            yield
            if services.google is not None:
                await services.google.close()

        async with listening(build(config, resources=[opened]), "127.0.0.1", port):
            dashboard = DashboardServer(store, clock, http, url)
            dashboard.services, dashboard.google = services, google
            if browser is not None:
                dashboard.browser = browser
            yield dashboard


def _fail(error: object) -> None:
    raise AssertionError(f"A script failed: {error}")
