"""The application: every route of the stand-in."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from admitone.fakegoogle.api import endpoints as api
from admitone.fakegoogle.appkeys import ADDON, DRAFTS, HTTP, STATE
from admitone.fakegoogle.calendar import push_delivery
from admitone.fakegoogle.control import endpoints as control
from admitone.fakegoogle.guard import loopback_only, lose_answers, note_changes
from admitone.fakegoogle.oauth import consent_page
from admitone.fakegoogle.oauth import endpoints as oauth
from admitone.fakegoogle.pages import account_pages, event_actions, gmail_pages
from admitone.fakegoogle.persistence import keeping

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from admitone.fakegoogle.addon.draft import Deployment
    from admitone.fakegoogle.state import State

MAX_BODY = 50 * 1024 * 1024  # bytes; Gmail takes messages of 35 MiB, base64 in JSON
API_PREFIXES = ("/calendar/v3", "/gmail/v1", "/upload/gmail/v1")


def make_app(state: State, *, file: Path | None = None, addon: Deployment | None = None) -> web.Application:
    """The stand-in with `state`, which is saved in `file` if there is one; its Gmail has `addon`."""
    middlewares = [loopback_only, lose_answers, note_changes]
    app = web.Application(middlewares=middlewares, client_max_size=MAX_BODY)
    app[STATE] = state
    app[DRAFTS] = {}
    if addon is not None:
        app[ADDON] = addon
        app.cleanup_ctx.append(_calling)
    if file is not None:
        app.cleanup_ctx.append(_kept_in(file))
    app.cleanup_ctx.append(_delivering)
    app.on_shutdown.append(_let_held_calls_go)
    app.add_routes(
        [
            web.get("/o/oauth2/v2/auth", consent_page.show),
            web.post("/o/oauth2/v2/auth", consent_page.answer),
            web.post("/token", oauth.token),
            web.post("/revoke", oauth.revoke),
            web.get("/v1/userinfo", oauth.userinfo),
            web.post("/v1/userinfo", oauth.userinfo),
            web.get("/oauth2/v1/certs", oauth.certificates),
            web.get("/oauth2/v3/certs", oauth.jwks),
            web.get("/.well-known/openid-configuration", oauth.configuration),
            web.post("/batch/calendar/v3", api.batched),
            web.post("/batch", api.batched),
            *(web.route("*", f"{prefix}/{{_:.*}}", api.call) for prefix in API_PREFIXES),
            *control.ROUTES,
            *account_pages.ROUTES,
            *event_actions.ROUTES,
            *gmail_pages.ROUTES,
        ]
    )
    return app


def _kept_in(file: Path) -> Callable[[web.Application], AsyncIterator[None]]:
    async def kept(app: web.Application) -> AsyncIterator[None]:
        async with keeping(app[STATE], file):
            yield

    return kept


async def _calling(app: web.Application) -> AsyncIterator[None]:
    """The connections to the add-on."""
    async with aiohttp.ClientSession() as http:
        app[HTTP] = http
        yield


async def _delivering(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(push_delivery.deliver(app[STATE]))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _let_held_calls_go(app: web.Application) -> None:
    app[STATE].faults.clear()
