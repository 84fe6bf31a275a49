"""The doctor looks at the proxy before the server: does it tell, believably, who the client is?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.commands.doctor.finding import doubtful, well, wrong

if TYPE_CHECKING:
    from admitone.commands.doctor.finding import Finding
    from admitone.commands.doctor.visitor import Visitor
    from admitone.web.http.doctor_visit import Arrival

ABOUT = "Proxy headers"
NOBODY = "203.0.113.77"
"""An address that nobody has (RFC 5737), which the doctor claims to come from."""
_SET_HEADER = "Let the proxy set X-Forwarded-For (nginx: `proxy_set_header X-Forwarded-For $remote_addr;`)."


async def look_at_proxy(visitor: Visitor, arrived: Arrival | None) -> list[Finding]:
    """How the doctor's request arrived (None if the server did not tell), and one that claims an address."""
    if arrived is None:
        return [
            doubtful(
                ABOUT,
                "Not looked at: the server does not know this machine's secret key.",
                "Run this command with the server's own ADMITONE_SECRET_KEY and ADMITONE_DATA_DIR.",
            )
        ]
    if found := _told(arrived):
        return [found]
    if arrived.is_trusted:
        return [
            doubtful(
                ABOUT,
                f"{arrived.address}, this machine's address, is trusted: what strangers claim was not tried.",
                "Run this command on a machine that is no proxy, with the server's settings.",
            )
        ]
    _, claimed = await visitor.health(**{"X-Forwarded-For": NOBODY})
    if claimed and claimed.arrival and claimed.arrival.address == NOBODY:
        return [
            wrong(
                ABOUT,
                f"The proxy at {arrived.peer} passes on an address that the client wrote: limits are evaded.",
                _SET_HEADER,
            )
        ]
    return [well(ABOUT, f"The proxy at {arrived.peer} tells who the client is.")]


def _told(arrived: Arrival) -> Finding | None:
    """What is wrong with the headers of a plain request, or None."""
    proxy, so = f"The proxy at {arrived.peer}", "so that all customers share the limits of one"
    if "X-Forwarded-For" not in arrived.forwarding:
        return wrong(ABOUT, f"{proxy} does not tell who the client is, {so}.", _SET_HEADER)
    if not arrived.is_known:
        return wrong(
            ABOUT,
            f"{proxy} is not trusted, {so}.",
            f"Set ADMITONE_TRUSTED_PROXIES={arrived.peer}, and let only the proxy reach the server's port.",
        )
    return None
