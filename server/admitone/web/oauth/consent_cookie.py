"""The sealed cookie by which a browser remembers that its user has allowed an app, one for each address."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.people.oauth import CLIENT_ID
from admitone.sealing import Carried
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.cookies import bound_name, delete_cookie, set_cookie
from admitone.web.http.sealed_value import open_value, seal_value

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.people.oauth import AuthorizationRequest
    from admitone.usecases.shared.services import Caller

LIFETIME = 90 * 86_400
"""Seconds for which a consent is remembered."""
PREFIX = "admitone_app_"


class Consent(msgspec.Struct, frozen=True):
    """Who has allowed the app, in which of their epochs; `until` is in epoch seconds."""

    workspace: str
    user: str
    epoch: int
    until: int


def remember_consent(
    request: web.Request, response: web.StreamResponse, caller: Caller, asked: AuthorizationRequest
) -> None:
    """Let this browser send the caller back to the app without asking again."""
    until = request.app[SERVICES].now() + LIFETIME
    consent = Consent(caller.workspace, caller.user.id, caller.user.epoch, until)
    about = _about(asked)
    sealed = seal_value(request, Carried.CONSENT, about, consent)
    set_cookie(request, response, _name(request, about), sealed, max_age=LIFETIME)


def is_consent_remembered(request: web.Request, caller: Caller, asked: AuthorizationRequest) -> bool:
    """Whether the caller has allowed this app at exactly this address, in this browser."""
    about = _about(asked)
    sealed = request.cookies.get(_name(request, about), "")
    consent = open_value(request, Carried.CONSENT, about, sealed, Consent)
    if consent is None or not caller.user.accepts(consent.epoch):
        return False
    return (consent.workspace, consent.user) == (caller.workspace, caller.user.id)


def forget_consents(request: web.Request, response: web.StreamResponse) -> None:
    """Let every app ask again in this browser."""
    for name in request.cookies:
        if name.startswith(bound_name(request, PREFIX)):
            delete_cookie(request, response, name)


def _about(asked: AuthorizationRequest) -> str:
    """What the consent is sealed for: it does not open for another client or address."""
    return f"{CLIENT_ID} {asked.redirect_uri}"


def _name(request: web.Request, about: str) -> str:
    return bound_name(request, PREFIX + hashlib.sha256(about.encode()).hexdigest()[:16])
