"""What signs people in is nowhere to be read afterwards: not in the log, not in Redis, not in its file."""

from __future__ import annotations

import io
import json
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer

from admitone import logs
from admitone.config import LogFormat
from admitone.fakegoogle.app import make_app
from admitone.fakegoogle.appkeys import STATE
from admitone.fakegoogle.state import State
from admitone.google.errors import GoogleRefused, GoogleUnreachable
from admitone.sealing import Carried
from admitone.web.http.session_cookie import csrf_token
from tests.support.accounts.browser import ADA, MAX, SAM, refuses
from tests.support.accounts.site import REGISTERED, running_site
from tests.support.api.deployment import Clock
from tests.support.factories import SEALER
from tests.support.fakegoogle.running import FakeGoogle, signing_key
from tests.support.spellings import spellings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.support.accounts.browser import Browser
    from tests.support.accounts.site import Site
    from tests.support.redis_server import RedisServer

PERSONAL = ["Ada Keller", "Sam Rivers", ADA, SAM, "gmail.test", "acme.test"]


class Lived:
    """What was secret while people signed in, and what can be read afterwards."""

    def __init__(self) -> None:
        self.secrets: list[str] = []
        self.log = ""
        self.database = b""


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """The log, as production writes it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(LogFormat.JSON, stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
async def lived(own_redis: RedisServer, written: io.StringIO) -> Lived:
    """People signed in, out, in vain, and twice."""
    lived = Lived()
    async with (
        overheard(lived) as google,
        running_site(own_redis.url, google, Clock(), SIGN_UP="open") as site,
    ):
        for account in ADA, MAX, SAM:
            await sign_in(site.browser(), account, lived)
        out = await sign_in(site.browser(), SAM, lived)
        await out.call("POST", "/auth/sign-out", data={"csrf": csrf_token(out.session or "")})
        await fail(site, google, lived)
    lived.secrets.append(REGISTERED.client_secret)
    lived.log = written.getvalue()
    own_redis.stop()
    files = [file for file in own_redis.folder.rglob("*") if file.is_file() and file != own_redis.log]
    lived.database = b"".join(file.read_bytes() for file in files)
    return lived


async def sign_in(browser: Browser, account: str, lived: Lived) -> Browser:
    google = await browser.begin("/dashboard?from=mail")
    [sealed] = browser.attempts.values()
    begun = json.loads(SEALER.open(Carried.SIGN_IN, google.query["state"], sealed))
    lived.secrets += [sealed, *begun["attempt"].values()]
    ready = await browser.choose(google, account)
    lived.secrets.append(ready.query["code"])
    await browser.get(ready)
    assert browser.session
    lived.secrets += [browser.session, csrf_token(browser.session)]
    assert await browser.me()
    return browser


async def fail(site: Site, google: FakeGoogle, lived: Lived) -> None:
    for fault, refusal in ("forged_id_token", GoogleRefused), ("500", GoogleUnreachable):
        browser = site.browser()
        ready = await browser.choose(await browser.begin(), ADA)
        lived.secrets += [ready.query["state"], ready.query["code"]]
        await google.fault("oauth2.token", fault, forgery={"algorithm": "none"})
        refuses(await browser.get(ready), refusal)
        assert (await browser.get(f"{ready.path}?state=x&code={ready.query['code']}")).status == 400


@asynccontextmanager
async def overheard(lived: Lived) -> AsyncIterator[FakeGoogle]:
    """A stand-in whose tokens are written down as secrets."""

    async def hear(_: web.Request, answer: web.StreamResponse) -> None:
        if isinstance(answer, web.Response) and answer.content_type == "application/json" and answer.text:
            document = json.loads(answer.text)
            lived.secrets += [value for name, value in document.items() if name.endswith("_token")]

    app = make_app(State(key=signing_key(), clients=[REGISTERED]))
    app.on_response_prepare.append(hear)
    async with TestServer(app) as server, aiohttp.ClientSession() as http:
        yield FakeGoogle(str(server.make_url("")).rstrip("/"), app[STATE], http)


async def test_it_lived(lived: Lived) -> None:
    """Else the tests below would find nothing because nothing was there."""
    assert len([secret for secret in lived.secrets if secret.startswith("eyJ")]) >= 5
    assert b"Ada Keller" in lived.database
    assert '"route":"/auth/google/callback"' in lived.log
    assert '"event":"sign-in-failed"' in lived.log


async def test_no_secret_is_in_redis_or_its_file(lived: Lived) -> None:
    for secret in lived.secrets:
        assert [text for text in spellings(secret) if text in lived.database] == []


async def test_no_secret_and_nothing_personal_is_in_the_log(lived: Lived) -> None:
    for secret in [*lived.secrets, *PERSONAL]:
        assert secret not in lived.log
    assert "/dashboard?" not in lived.log
