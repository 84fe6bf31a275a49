"""Sealed values that browsers carry for us, in cookies and forms; each has an expiry inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from admitone.sealing import UnsealError
from admitone.web.http.appkeys import SERVICES

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.sealing import Carried


class Expiring(Protocol):
    """A struct that is valid before `until` (epoch seconds)."""

    @property
    def until(self) -> int:
        """When the value expires."""


T = TypeVar("T", bound=Expiring)


def seal_value(request: web.Request, purpose: Carried, about: str, value: Expiring) -> str:
    """The sealed text of `value`, which opens with the same `purpose` and `about` only."""
    return request.app[SERVICES].store.sealer.seal(purpose, about, msgspec.json.encode(value))


def open_value(request: web.Request, purpose: Carried, about: str, text: str, shape: type[T]) -> T | None:
    """The value that `seal_value` sealed, or None if the text was not sealed so, or the value has expired."""
    services = request.app[SERVICES]
    try:
        opened = services.store.sealer.open(purpose, about, text)
    except UnsealError:
        return None
    value = msgspec.json.decode(opened, type=shape)
    return value if value.until > services.now() else None
