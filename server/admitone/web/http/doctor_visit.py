"""What `admitone doctor` learns from the server: how its own request arrived, through which proxies.

Only somebody who has the deployment's secret key learns this: the request carries a sealed text, valid for
some minutes. To others, `/healthz` says nothing of proxies.
docs/decisions/042-the-doctor-shows-the-secret-key.md has the reasons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.sealing import Carried
from admitone.web.http.appkeys import CONFIG, SERVICES
from admitone.web.http.connections.client_address import FORWARDING, client_address, is_trusted, known_address
from admitone.web.http.sealed_value import open_value

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.sealing import Sealer

HEADER = "X-Admitone-Doctor"
LIFETIME = 300
"""Seconds that the sealed text is valid, so that a clock may be wrong by minutes."""
_PLACE = "healthz"


class Visit(msgspec.Struct, frozen=True):
    """The content of the sealed text; `until` is in epoch seconds."""

    until: int


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """How a request arrived.

    `peer` is the other end of the connection, `address` the client for whom limits count. `is_known` is false
    if that is only a proxy's address, `is_trusted` true if ADMITONE_TRUSTED_PROXIES has it. `forwarding` are
    the names of the headers that proxies have set.
    """

    peer: str
    address: str
    is_known: bool
    is_trusted: bool
    forwarding: tuple[str, ...]


def sealed_visit(sealer: Sealer, now: int) -> str:
    """The value of HEADER for a visit at `now` (epoch seconds)."""
    return sealer.seal(Carried.DOCTOR, _PLACE, msgspec.json.encode(Visit(until=now + LIFETIME)))


def arrival(request: web.Request) -> Arrival | None:
    """How this request arrived, or None if it is not a visit of somebody who has the secret key."""
    sealed = request.headers.get(HEADER, "")
    if SERVICES not in request.app or open_value(request, Carried.DOCTOR, _PLACE, sealed, Visit) is None:
        return None
    address = client_address(request)
    return Arrival(
        peer=request.remote or "",
        address=address,
        is_known=known_address(request) is not None,
        is_trusted=is_trusted(address, request.app[CONFIG].trusted_proxies),
        forwarding=tuple(name for name in FORWARDING if name in request.headers),
    )
