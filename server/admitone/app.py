"""The composition root: connects configuration, store, web and worker. Only this file knows all of them."""

from __future__ import annotations

import asyncio
import gc
import signal
import time
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import structlog

from admitone import logs
from admitone.config import Environment
from admitone.google.api import GoogleApi
from admitone.google.certificates import Certificates
from admitone.google.endpoints import google_endpoints
from admitone.google.sign_in import GoogleSignIn
from admitone.mail.smtp import Smtp
from admitone.mail.transport import Mail
from admitone.outbound.sender import Sender
from admitone.sealing import Sealer
from admitone.secret_key_file import local_secret_keys
from admitone.store.processes import staying_alive
from admitone.store.redis.connect import open_redis
from admitone.store.redis.embedded import embedded_redis
from admitone.store.redis.opened import opened_redis
from admitone.store.store import open_store
from admitone.usecases.shared.services import Services
from admitone.web.application import build
from admitone.web.http.appkeys import ADDON, GOOGLE, METRICS, READY, SERVICES, SIBLINGS
from admitone.web.http.connections.connection_limits import ConnectionLimits
from admitone.web.http.connections.listen import listening
from admitone.web.http.siblings import Siblings
from admitone.worker.running import working

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from aiohttp import web

    from admitone.config import Config
    from admitone.share import Share
    from admitone.store.redis.connect import RedisClient
    from admitone.store.store import Store
    from admitone.web.http.metrics import Metrics
    from admitone.worker.worker import Worker

log = structlog.get_logger()

YOUNG_OBJECTS = 20_000
"""Net number of new objects after which the garbage collector runs."""


async def serve(config: Config, announce: Callable[[str], None], share: Share | None = None) -> None:
    """Serve until SIGINT or SIGTERM, then finish the requests in flight and close everything in order.

    `announce` is called with the address when connections are accepted. With a `share`, this is one process
    of several: it serves on the sockets of its parent, and ends with it.

    Raises:
        ConfigError, RedisUnusableError, SchemaError, ListenError: the server cannot start; the text is for
            people.
    """
    stop = stop_signal(share)
    is_first = share is None or share.is_first
    if is_first:
        _warn(config)

    async def store(app: web.Application) -> AsyncIterator[None]:
        async with opened_store(config, stop) as opened:
            app[READY] = opened.readiness
            app[SERVICES] = services(config, opened)
            app[METRICS].watch_store(opened.lines)
            app[METRICS].watch_mail(app[SERVICES].mail.counts)
            app[METRICS].watch_runs(app[SERVICES].run_counts)
            app[METRICS].watch_grants(app[SERVICES].google_counts)
            async with AsyncExitStack() as stack:
                if config.worker and is_first:
                    worker = await stack.enter_async_context(_working(config, app[SERVICES]))
                    app[METRICS].watch_worker(worker.counts)
                yield
            if (calls := app[SERVICES].google) is not None:
                await calls.close()

    async def google(app: web.Application) -> AsyncIterator[None]:
        async with google_sign_in(config) as known:
            if known is not None:
                app[GOOGLE] = known
            yield

    async def addon(app: web.Application) -> AsyncIterator[None]:
        async with addon_certificates(config) as known:
            if known is not None:
                app[ADDON] = known
            yield

    async def siblings(app: web.Application) -> AsyncIterator[None]:
        if share is None:
            yield
            return
        known = app[SIBLINGS] = Siblings(share.folder, share.number, config.processes, app[METRICS].own)
        async with known.answered():
            yield

    app = build(config, resources=[store, google, addon, siblings])
    limits = connection_limits(config, app[METRICS])
    sockets = share.sockets if share else ()
    async with listening(app, config.host, config.port, limits, sockets) as address:
        _freeze_long_lived_objects()
        announce(address)
        await stop.wait()


async def work(config: Config, announce: Callable[[], None]) -> None:
    """Do jobs until SIGINT or SIGTERM, then finish the running jobs and leave the others to other workers.

    Raises:
        ConfigError, RedisUnusableError, SchemaError: as `serve`.
    """
    stop = stop_signal()
    _warn_of_unknown_settings(config)
    async with opened_store(config, stop) as store:
        known = services(config, store)
        async with _working(config, known):
            announce()
            await stop.wait()
        if known.google is not None:
            await known.google.close()


def stop_signal(share: Share | None = None) -> asyncio.Event:
    """The event that SIGINT and SIGTERM set. Also logs unhandled errors from now on.

    In one process of several the end of the parent sets it, and SIGINT does not: it reaches the parent too.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.log_unhandled)
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    if share is None:
        loop.add_signal_handler(signal.SIGINT, stop.set)
        return stop
    line = share.parent.fileno()

    def end() -> None:
        loop.remove_reader(line)
        stop.set()

    loop.add_reader(line, end)
    return stop


def _warn(config: Config) -> None:
    """Write to the log what an operator may have overlooked.

    TLS ends at a proxy, since the server speaks none: without trust, every client has its address.
    """
    _warn_of_unknown_settings(config)
    if config.public_url.startswith("https:") and not config.trusted_proxies:
        log.warning(
            "no-trusted-proxies",
            follows="all clients count as one network and share its limits; /metrics answers to none of them",
            advice="set ADMITONE_TRUSTED_PROXIES to the proxy's address; `admitone doctor` names it",
        )


def _warn_of_unknown_settings(config: Config) -> None:
    for name in config.unknown():
        log.warning("unknown-setting", name=name)


def _working(config: Config, known: Services) -> AbstractAsyncContextManager[Worker]:
    return working(known, take_over_after=config.take_over_seconds)


def _freeze_long_lived_objects() -> None:
    """Exclude objects that live as long as the process (modules, routes) from garbage collections.

    Requests leave few cycles, and collecting over all objects took a fifth of their time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


def connection_limits(config: Config, metrics: Metrics) -> ConnectionLimits:
    """The limits on connections of this process, which are counted in `metrics`."""
    each, in_all = (
        (config.divided(config.connections_per_address), config.divided(config.connections))
        if config.rate_limits
        else (None, None)
    )
    return ConnectionLimits(each, in_all, config.trusted_proxies, metrics.count_limit)


def services(config: Config, store: Store) -> Services:
    """The services that use cases need."""
    return Services(
        store=store,
        now=lambda: int(time.time()),
        public_url=config.public_url,
        test_addresses=config.env is not Environment.PRODUCTION,
        google=google_api(config),
        hooks_url=hooks_url(config.public_url),
        calendar_cache=config.calendar_cache_seconds,
        calendar_grace=config.calendar_grace_seconds,
        calendar_sync_seconds=config.calendar_sync_seconds,
        sender=Sender(loopback=config.webhooks_to_loopback),
        plain_webhooks=config.env is not Environment.PRODUCTION,
        mail=Mail(smtp(config)),
    )


def hooks_url(public_url: str) -> str | None:
    """The public address if Google can send notifications to it (https and a public name), else None."""
    address = urlsplit(public_url)
    name = address.hostname or ""
    is_named = "." in name and not name.endswith((".localhost", ".test")) and not name[-1].isdigit()
    return public_url if address.scheme == "https" and is_named else None


@asynccontextmanager
async def google_sign_in(config: Config) -> AsyncIterator[GoogleSignIn | None]:
    """The client that signs people in with Google, or None if no OAuth client is set up."""
    if not config.google_client_id or not config.google_client_secret:
        yield None
        return
    async with aiohttp.ClientSession() as http:
        yield GoogleSignIn(
            http,
            google_endpoints(config.google_endpoint),
            client_id=config.google_client_id,
            client_secret=config.google_client_secret,
        )


@asynccontextmanager
async def addon_certificates(config: Config) -> AsyncIterator[Certificates | None]:
    """The certificates that verify requests of the add-on, or None if it is not set up."""
    if not config.addon_client_id or not config.addon_service_account:
        yield None
        return
    async with aiohttp.ClientSession() as http:
        yield Certificates(http, google_endpoints(config.google_endpoint).certificates)


def google_api(config: Config) -> GoogleApi | None:
    """Google's APIs, or None if no OAuth client is set up."""
    if not config.google_client_id or not config.google_client_secret:
        return None
    endpoints = google_endpoints(config.google_endpoint)
    return GoogleApi(endpoints, config.google_client_id, config.google_client_secret)


def smtp(config: Config) -> Smtp | None:
    """The deployment's mail server, or None if none is set."""
    if config.smtp_url is None or config.mail_from is None:
        return None
    return Smtp(config.smtp_url, config.mail_from)


@asynccontextmanager
async def opened_store(config: Config, stop: asyncio.Event | None = None) -> AsyncIterator[Store]:
    """The store, on the Redis that the settings name or on the embedded one; commands use it too.

    `stop` ends a start that migrates data or waits to; it is set if the data get a later schema meanwhile,
    because this process must end then.

    Raises:
        ConfigError, RedisUnusableError, SchemaError: as `serve`.
    """
    keys = config.secret_key or local_secret_keys(config.data_dir)
    async with (
        redis_address(config) as url,
        opened_redis(url, accept=config.redis_accept_data_loss, replicas=config.redis_replicas) as redis,
        open_store(redis, Sealer(keys), config.partitions, config.redis_replicas, stop) as store,
        staying_alive(store, stop),
    ):
        yield store


@asynccontextmanager
async def unchecked_redis(config: Config) -> AsyncIterator[RedisClient]:
    """A client of the Redis that the settings name, or of the embedded one. Nothing is checked or changed.

    Raises:
        ConfigError, RedisUnusableError: as `serve`.
    """
    async with redis_address(config) as url, open_redis(url) as client:
        yield client


@asynccontextmanager
async def redis_address(config: Config) -> AsyncIterator[str]:
    """The address of the Redis that the settings name, or of the embedded one, which runs meanwhile.

    Raises:
        RedisUnusableError: the embedded one does not start.
    """
    if config.redis_url:
        yield config.redis_url
        return
    async with embedded_redis(
        config.data_dir,
        config.redis_server,
        runtime_dir=config.runtime_dir,
        maxmemory=config.redis_maxmemory,
    ) as url:
        yield url
