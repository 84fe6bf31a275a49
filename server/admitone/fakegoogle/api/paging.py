"""Page and sync tokens: opaque to clients, and refused when they are not ours."""

from __future__ import annotations

import base64
import binascii
from typing import TypeVar

import msgspec

Token = TypeVar("Token")


class PageToken(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """Where a list goes on: `offset` items into what it was at change number `at`."""

    of: str
    offset: int
    at: int
    query: str


class SyncToken(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """Everything up to change number `at` of the collection `of` is known."""

    of: str
    at: int


def encode(token: PageToken | SyncToken) -> str:
    """The token as clients see it."""
    return base64.urlsafe_b64encode(msgspec.json.encode(token)).rstrip(b"=").decode()


def decode(text: str, kind: type[Token]) -> Token | None:
    """The token, or None when it is not one of that kind."""
    try:
        raw = base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
        return msgspec.json.decode(raw, type=kind)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        return None
