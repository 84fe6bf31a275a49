"""The nonce that a page puts into each of its forms: who posts has been served the form, and lately.

It names one operation, so that a form which is sent twice is carried out once.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec

from admitone.sealing import Carried, UnsealError
from admitone.store.records.operations import KEY_LIFETIME
from admitone.web.http.appkeys import SERVICES

if TYPE_CHECKING:
    from aiohttp import web

LIFETIME = KEY_LIFETIME
"""Seconds; not longer than an operation is remembered, which is counted from when the form was sent."""
FIELD = "_nonce"


class _Issued(msgspec.Struct, frozen=True):
    id: str
    until: int


def new_nonce(request: web.Request, form: str) -> str:
    """A nonce for `form`, which names what it does and to what, such as `cancel:<booking id>`."""
    services = request.app[SERVICES]
    issued = _Issued(secrets.token_hex(12), services.now() + LIFETIME)
    return services.store.sealer.seal(Carried.FORM, form, msgspec.json.encode(issued))


def nonce_id(request: web.Request, form: str, nonce: str) -> str | None:
    """The id of the operation that a nonce names, or None where it is not for `form`, or too old."""
    services = request.app[SERVICES]
    try:
        issued = msgspec.json.decode(services.store.sealer.open(Carried.FORM, form, nonce), type=_Issued)
    except UnsealError:
        return None
    return issued.id if issued.until > services.now() else None
