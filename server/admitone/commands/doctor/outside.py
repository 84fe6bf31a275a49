"""The doctor looks at the public address as a stranger does: the server, its proxy, `/metrics`."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import aiohttp
import msgspec

from admitone.commands.doctor.finding import doubtful, well, wrong
from admitone.commands.doctor.proxy import look_at_proxy
from admitone.commands.doctor.tls import look_at_tls
from admitone.commands.doctor.visitor import Readiness, Visitor

if TYPE_CHECKING:
    from admitone.commands.doctor.finding import Finding
    from admitone.commands.doctor.visitor import Answer
    from admitone.config import Config
    from admitone.web.http.doctor_visit import Arrival

ABOUT = "Public address"
METRICS = "/metrics"
OK = 200


async def look_from_outside(config: Config, url: str, trusted: ssl.SSLContext | None = None) -> list[Finding]:
    """The address `url` without a trailing slash; `trusted` are the authorities, by default the system's."""
    trusted = trusted or ssl.create_default_context()
    found = _other_address(config, url)
    try:
        async with Visitor(config, url, trusted) as visitor:
            found.append(await look_at_tls(url, trusted))
            return found + await _look_at_server(visitor)
    except aiohttp.ClientConnectorCertificateError:
        return found  # TLS said it
    except (aiohttp.ClientError, TimeoutError) as error:
        said = str(error) or "no answer in time"
        return [
            *found,
            wrong(ABOUT, f"{url} does not answer: {said}.", "Start the server and the proxy before it."),
        ]


async def _look_at_server(visitor: Visitor) -> list[Finding]:
    answer, health = await visitor.health()
    if answer.status != OK or health is None:
        return [
            wrong(
                ABOUT,
                f"{visitor.url}/healthz answers {answer.status}, and not as Admit One does.",
                "Let the proxy pass every path of this address on to the server.",
            )
        ]
    found = [_readiness(await visitor.get("/readyz"))]
    if visitor.url.startswith("https:"):
        found += _strict_transport(answer)
        found += await look_at_proxy(visitor, health.arrival)
    return [*found, await _metrics(visitor, health.arrival)]


def _other_address(config: Config, url: str) -> list[Finding]:
    if url == config.public_url:
        return []
    return [
        doubtful(
            ABOUT,
            f"Links lead to {config.public_url}, not to {url}.",
            "Set ADMITONE_PUBLIC_URL to the address that browsers use.",
        )
    ]


def _readiness(answer: Answer) -> Finding:
    if answer.status == OK:
        return well(ABOUT, "The server answers, and can write to Redis.")
    try:
        reason = msgspec.json.decode(answer.body, type=Readiness).reason
    except msgspec.DecodeError:
        reason = ""
    said = f" ({reason})" if reason else ""
    return wrong(
        ABOUT, f"/readyz answers {answer.status}{said}.", "Correct what is said of Redis, then read the log."
    )


def _strict_transport(answer: Answer) -> list[Finding]:
    if "Strict-Transport-Security" in answer.headers:
        return []
    return [
        doubtful(
            "TLS",
            "Strict-Transport-Security is missing: browsers may try http first.",
            "Set ADMITONE_PUBLIC_URL to the https address, and let the proxy leave the header.",
        )
    ]


async def _metrics(visitor: Visitor, arrived: Arrival | None) -> Finding:
    """Strangers must not see the metrics, even if they claim to be on the server's machine."""
    is_known = arrived is not None and bool(arrived.forwarding) and arrived.is_known
    if not visitor.url.startswith("https:") or (is_known and arrived and arrived.is_trusted):
        return well(METRICS, "Not looked at: for the server, this machine is no stranger.")
    plain = await visitor.get(METRICS)
    if plain.status == OK and is_known:
        return well(METRICS, "The metrics are shown to this machine, as ADMITONE_METRICS_NETWORKS allows.")
    claiming = await visitor.get(METRICS, {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"})
    if OK in {plain.status, claiming.status}:
        return wrong(
            METRICS,
            "The metrics are shown to strangers.",
            "Mend the proxy's headers, or refuse the path at the proxy and collect the figures behind it.",
        )
    return well(METRICS, "The metrics are hidden from strangers.")
