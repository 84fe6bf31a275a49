"""The typed keys of what the application and a request carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from admitone.config import Config
from admitone.google.certificates import Certificates
from admitone.google.sign_in import GoogleSignIn
from admitone.store.readiness import Readiness
from admitone.usecases.activity.listeners import Listeners
from admitone.usecases.shared.services import Caller, Services
from admitone.web.http.metrics import Metrics
from admitone.web.http.route import Route
from admitone.web.http.siblings import Siblings
from admitone.web.http.static_files import StaticFile, StaticFiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from admitone.web.openapi.calls import Section

ADDON = web.AppKey("ADDON", Certificates)
"""The certificates that verify requests of the Google Workspace add-on; missing where it is not set up."""
API_CALLS: web.AppKey[Callable[[], list[Section]]] = web.AppKey("API_CALLS")
CONFIG = web.AppKey("CONFIG", Config)
GOOGLE = web.AppKey("GOOGLE", GoogleSignIn)
KEPT = web.AppKey("KEPT", dict[str, StaticFile])
LISTENERS = web.AppKey("LISTENERS", Listeners)
METRICS = web.AppKey("METRICS", Metrics)
OPENAPI = web.AppKey("OPENAPI", dict[str, Any])
READY = web.AppKey("READY", Readiness)
SERVICES = web.AppKey("SERVICES", Services)
SIBLINGS = web.AppKey("SIBLINGS", Siblings)
"""The other processes of this server; missing where it is the only one."""
STATIC = web.AppKey("STATIC", StaticFiles)

ANSWERED = web.RequestKey("ANSWERED", float)
"""When the head of an answer that has no end was sent, by `time.perf_counter`."""
BODY = web.RequestKey("BODY", bytes)
CALLER = web.RequestKey("CALLER", Caller)
REQUEST_ID = web.RequestKey("REQUEST_ID", str)
FIXED_LANGUAGE: web.RequestKey[str | None] = web.RequestKey("FIXED_LANGUAGE")
"""The language that the customer's page or its workspace fixes."""
ROUTE = web.RequestKey("ROUTE", Route)
