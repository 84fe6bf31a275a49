"""The nonce in each form of a customer's page: it proves that we served the form, and not long ago.

A nonce names one operation, so that a form which is sent twice is carried out once. The confirming page has
a nonce of its own for the same operation: only we can derive it from the first one, since both are sealed,
each for its own form.
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


class Issued(msgspec.Struct, frozen=True):
    """What a nonce holds: the id of its operation, and when it expires (epoch seconds)."""

    id: str
    until: int


def new_nonce(request: web.Request, form: str) -> str:
    """A nonce for `form`, a name of the form's action and its object, such as `cancel:<booking id>`."""
    issued = Issued(secrets.token_hex(12), request.app[SERVICES].now() + LIFETIME)
    return seal_nonce(request, form, issued)


def seal_nonce(request: web.Request, form: str, issued: Issued) -> str:
    """A nonce for `form` that names the operation of a nonce that was issued before, and expires with it."""
    return seal_value(request, Carried.FORM, form, issued)


def open_nonce(request: web.Request, form: str, nonce: str) -> Issued | None:
    """What the nonce holds, or None if it is not a nonce for `form`, or is too old."""
    return open_value(request, Carried.FORM, form, nonce, Issued)
