"""Page and sync tokens: opaque to clients; tokens that the stand-in did not make are refused."""

from __future__ import annotations

import base64
import binascii
from typing import TypeVar

import msgspec

Token = TypeVar("Token")


class PageToken(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """The next page of a list: it begins at `offset` in the list as it was at change number `at`."""

    of: str
    offset: int
    at: int
    query: str


class SyncToken(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """The client knows the collection `of` up to change number `at`."""

    of: str
    at: int


def encode(token: PageToken | SyncToken) -> str:
    """The token as clients see it."""
    return base64.urlsafe_b64encode(msgspec.json.encode(token)).rstrip(b"=").decode()


def decode(text: str, kind: type[Token]) -> Token | None:
    """The decoded token, or None if the text is not a token of that kind."""
    try:
        raw = base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
        return msgspec.json.decode(raw, type=kind)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        return None
