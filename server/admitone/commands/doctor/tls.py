"""The doctor looks at the certificate of the public address."""

from __future__ import annotations

import asyncio
import ssl
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from admitone.commands.doctor.finding import doubtful, well, wrong

if TYPE_CHECKING:
    from admitone.commands.doctor.finding import Finding

ABOUT = "TLS"
WITHIN = 10.0
"""Seconds for the handshake."""
EXPIRES_SOON = 14 * 86_400
"""Seconds before its end from which a certificate that is not renewed deserves a warning."""


async def look_at_tls(url: str, trusted: ssl.SSLContext) -> Finding:
    """Whether browsers accept the certificate; `trusted` has the authorities that are believed."""
    address = urlsplit(url)
    if address.scheme != "https":
        return well(ABOUT, "TLS is not used on a loopback address.")
    try:
        certificate = await _certificate(address.hostname or "", address.port or 443, trusted)
    except ssl.SSLCertVerificationError as error:
        return wrong(
            ABOUT,
            f"Browsers refuse the certificate: {error.verify_message}.",
            "Give the proxy a certificate for this name, with its chain, from a public authority.",
        )
    except (OSError, TimeoutError) as error:  # ssl.SSLError is an OSError
        said = str(error) or "no answer in time"
        return wrong(ABOUT, f"No connection: {said}.", "Start the proxy that ends TLS, and open its port.")
    left = ssl.cert_time_to_seconds(str(certificate["notAfter"])) - time.time()
    days = int(left // 86_400)
    if left < EXPIRES_SOON:
        return doubtful(ABOUT, f"The certificate ends in {days} days.", "Renew it, and automate that.")
    return well(ABOUT, f"Browsers accept the certificate, for another {days} days.")


async def _certificate(host: str, port: int, trusted: ssl.SSLContext) -> dict[str, object]:
    async with asyncio.timeout(WITHIN):
        _, writer = await asyncio.open_connection(host, port, ssl=trusted)
    try:
        return dict(writer.get_extra_info("peercert"))
    finally:
        writer.transport.abort()
