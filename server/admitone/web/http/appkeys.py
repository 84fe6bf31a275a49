"""The typed keys under which the application and a request carry things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from admitone.config import Config
from admitone.google.sign_in import GoogleSignIn
from admitone.usecases.shared.services import Caller, Services
from admitone.web.http.metrics import Metrics
from admitone.web.http.route import Route
from admitone.web.http.static_files import StaticFiles

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
from typing import Any

CONFIG = web.AppKey("CONFIG", Config)
READY: web.AppKey[Callable[[], Awaitable[bool]]] = web.AppKey("READY")

GOOGLE = web.AppKey("GOOGLE", GoogleSignIn)
METRICS = web.AppKey("METRICS", Metrics)
OPENAPI = web.AppKey("OPENAPI", dict[str, Any])
SERVICES = web.AppKey("SERVICES", Services)
STATIC = web.AppKey("STATIC", StaticFiles)

BODY = web.RequestKey("BODY", bytes)
CALLER = web.RequestKey("CALLER", Caller)
ROUTE = web.RequestKey("ROUTE", Route)
REQUEST_ID = web.RequestKey("REQUEST_ID", str)
