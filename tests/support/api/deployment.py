"""The server in the test's own process, on a real Redis, with a clock that the test sets."""

from __future__ import annotations

import secrets
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import msgspec

from admitone import app
from admitone.config import Config
from admitone.domain import tokens
from admitone.store.records.configuration.configuration import RecordWrite, read_records, write_config
from admitone.store.records.credentials.sessions import Session, write_session
from admitone.store.redis.connect import open_redis
from admitone.store.store import open_store
from admitone.usecases.accounts.api_key_create import api_key_id
from admitone.web.application import build
from admitone.web.http.appkeys import READY, SERVICES
from admitone.web.http.connections.listen import listening
from tests.support.api.calling import Api
from tests.support.factories import NOW, SEALER, WORKSPACE, a_user, an_api_key, an_event, some_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import web

    from admitone.domain.people.user import Settings, User
    from admitone.store.store import Store

PUBLIC_URL = "http://127.0.0.1:8080"
PARTITIONS = 16


class Clock:
    """The server's clock, in epoch seconds."""

    def __init__(self, now: int = NOW) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now

    def forward(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: int = 0) -> None:
        """Let time pass."""
        self.now += int(days * 86_400 + hours * 3600 + minutes * 60) + seconds


class Deployment:
    """A running server; `store` is what it works with."""

    def __init__(self, store: Store, clock: Clock, http: aiohttp.ClientSession, url: str) -> None:
        self.store = store
        self.clock = clock
        self.http = http
        self.url = url

    @property
    def customer(self) -> Api:
        """A customer's API client."""
        return Api(self.http, self.url)

    async def user(self, role: str = "member", workspace: str = WORKSPACE, **changes: Any) -> Api:
        """A new user's API client; the first user of a workspace makes the workspace."""
        return await new_user(self.store, self.http, self.url, role, workspace, **changes)

    async def change_user(self, user: Api, workspace: str = WORKSPACE, **changes: Any) -> None:
        """Change a user's record."""
        [before] = await read_records(self.store, workspace, "user", [user.user])
        await self._change(workspace, "user", user.user, msgspec.structs.replace(before, **changes))

    async def change_settings(self, workspace: str = WORKSPACE, **changes: Any) -> None:
        """Change the settings of a workspace."""
        [before] = await read_records(self.store, workspace, "settings", ["-"])
        await self._change(workspace, "settings", "-", msgspec.structs.replace(before, **changes))

    async def _change(self, workspace: str, kind: str, record_id: str, record: User | Settings) -> None:
        key = self.store.keys(workspace).config
        text = await self.store.client.hget(key, f"{kind}:{record_id}")
        assert isinstance(text, bytes)
        version = int(text.partition(b" ")[0])
        write = RecordWrite(kind=kind, id=record_id, version=version, record=record, created_at=0)
        await write_config(self.store, workspace, [write], an_event("config.updated"), now=NOW)


@asynccontextmanager
async def deployed(redis_url: str, clock: Clock, **settings: str) -> AsyncIterator[Deployment]:
    """Serve on the Redis at `redis_url`; settings lack the prefix."""
    known = {"REDIS_URL": redis_url, "PUBLIC_URL": PUBLIC_URL} | settings
    config = Config({f"ADMITONE_{name}": text for name, text in known.items()})
    async with (
        open_redis(redis_url) as client,
        open_store(client, SEALER, PARTITIONS, config.redis_replicas) as store,
    ):

        async def opened(application: web.Application) -> AsyncIterator[None]:
            application[READY] = store.readiness
            application[SERVICES] = msgspec.structs.replace(app.services(config, store), now=clock)
            yield

        async with (
            listening(build(config, resources=[opened]), "127.0.0.1", 0) as url,
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http,
        ):
            yield Deployment(store, clock, http, url)


async def new_user(
    store: Store,
    http: aiohttp.ClientSession,
    url: str,
    role: str = "member",
    workspace: str = WORKSPACE,
    **changes: Any,
) -> Api:
    """A new user's API client, with an API key; the first user of a workspace makes the workspace."""
    user = a_user(id=secrets.token_hex(8), role=role, **changes)
    key = workspace + tokens.encode(secrets.token_bytes(32), tokens.API_KEY_LENGTH - len(workspace))
    records: list[tuple[str, str, Any]] = [
        ("user", user.id, user),
        ("api_key", api_key_id(key), an_api_key(id=api_key_id(key), user=user.id)),
    ]
    if await read_records(store, workspace, "settings", ["-"]) == [None]:
        records.append(("settings", "-", some_settings()))
    writes = [
        RecordWrite(kind=kind, id=record_id, version=0, record=record, created_at=NOW)
        for kind, record_id, record in records
    ]
    await write_config(store, workspace, writes, an_event("config.created"), now=NOW)
    session = workspace + tokens.encode(secrets.token_bytes(32), tokens.SESSION_LENGTH - len(workspace))
    await write_session(store, workspace, session, Session(user=user.id, at=NOW, epoch=user.epoch))
    return Api(http, url, key, user.id, session)
