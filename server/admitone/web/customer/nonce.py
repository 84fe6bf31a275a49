"""The nonce in each form of a customer's page: it proves that we served the form, and not long ago.

A nonce names one operation, so that a form which is sent twice is carried out once.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec

from admitone.sealing import Carried
from admitone.store.records.operations import KEY_LIFETIME
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.sealed_value import open_value, seal_value

if TYPE_CHECKING:
    from aiohttp import web

LIFETIME = KEY_LIFETIME
"""Seconds; not longer than an operation is remembered after its form was sent."""
FIELD = "_nonce"


class _Issued(msgspec.Struct, frozen=True):
    id: str
    until: int


def new_nonce(request: web.Request, form: str) -> str:
    """A nonce for `form`, a name of the form's action and its object, such as `cancel:<booking id>`."""
    issued = _Issued(secrets.token_hex(12), request.app[SERVICES].now() + LIFETIME)
    return seal_value(request, Carried.FORM, form, issued)


def nonce_id(request: web.Request, form: str, nonce: str) -> str | None:
    """The id of the operation that a nonce names, or None if it is not a nonce for `form`, or is too old."""
    issued = open_value(request, Carried.FORM, form, nonce, _Issued)
    return issued.id if issued else None
