"""Instances of the server in the test's own process, on a real Redis, with fakegoogle in Google's place."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import msgspec

from admitone import app
from admitone.config import Config
from admitone.fakegoogle.demo import CLIENT
from admitone.google.certificates import Certificates
from admitone.google.endpoints import google_endpoints
from admitone.google.sign_in import GoogleSignIn
from admitone.store.records.configuration.configuration import RecordWrite, read_records, write_config
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.redis.connect import open_redis
from admitone.store.store import open_store
from admitone.web.application import build
from admitone.web.http.appkeys import ADDON, GOOGLE, READY, SERVICES
from admitone.web.http.connections.listen import listening
from tests.support.accounts.browser import Browser
from tests.support.api.deployment import PARTITIONS, Clock
from tests.support.factories import SEALER, an_event

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import web

    from admitone.usecases.shared.services import Services
    from tests.support.fakegoogle.running import FakeGoogle

ORIGIN = "http://127.0.0.1:8080"
SECURE_ORIGIN = "https://book.acme.test"
CALLBACK = "/auth/google/callback"
# The registration at Google: the origins that tests serve under.
REGISTERED = msgspec.structs.replace(
    CLIENT, redirect_uris=tuple(f"{origin}{CALLBACK}" for origin in (ORIGIN, SECURE_ORIGIN))
)


class Site:
    """One running instance."""

    def __init__(self, services: Services, http: aiohttp.ClientSession, address: str) -> None:
        self.services = services
        self.store = services.store
        self.http = http
        self.address = address
        self.origin = services.public_url

    def browser(self) -> Browser:
        """A browser without cookies."""
        return Browser(self.http, self.address, self.origin)

    async def change_user(self, workspace: str, user: str, **changes: Any) -> None:
        """Change a user as an administrator does."""
        snapshot = await read_snapshot(self.store, workspace, Wanted(records=(("user", user),)))
        record = msgspec.structs.replace(snapshot.find("user", user), **changes)
        version = snapshot.version("user", user)
        write = RecordWrite(kind="user", id=user, version=version, record=record, created_at=0)
        now = self.services.now()
        await write_config(self.store, workspace, [write], an_event("config.updated"), now=now)

    async def user(self, workspace: str, user: str) -> Any:
        """A user's record."""
        [record] = await read_records(self.store, workspace, "user", [user])
        return record


@asynccontextmanager
async def running_site(
    redis_url: str,
    google: FakeGoogle,
    clock: Clock,
    *,
    origin: str = ORIGIN,
    is_registered: bool = True,
    **settings: str,
) -> AsyncIterator[Site]:
    """An instance; with `is_registered=False` it has no client at Google. Settings lack the prefix."""
    named = {f"ADMITONE_{name}": text for name, text in settings.items()}
    config = Config({"ADMITONE_ENV": "test", "ADMITONE_PUBLIC_URL": origin, **named})
    async with (
        open_redis(redis_url) as client,
        open_store(client, SEALER, PARTITIONS) as store,
        aiohttp.ClientSession() as to_google,
        aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(), connector=aiohttp.TCPConnector(limit=0)
        ) as http,
    ):
        services = msgspec.structs.replace(app.services(config, store), now=clock)

        async def opened(application: web.Application) -> AsyncIterator[None]:
            application[READY] = store.readiness
            application[SERVICES] = services
            if is_registered:
                application[GOOGLE] = GoogleSignIn(
                    to_google,
                    google_endpoints(google.url),
                    client_id=REGISTERED.client_id,
                    client_secret=REGISTERED.client_secret,
                )
            if config.addon_client_id is not None:
                application[ADDON] = Certificates(to_google, google_endpoints(google.url).certificates)
            yield

        async with listening(build(config, resources=[opened]), "127.0.0.1", 0) as address:
            yield Site(services, http, address)
