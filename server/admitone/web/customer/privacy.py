"""What this server stores of the people who book and of hosts, and for how long: `/privacy`.

The text is about every workspace of the server. Its figures come from the code that they are about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yarl import URL

from admitone.domain.people.user import LONGEST_RETENTION
from admitone.store.records.credentials.sessions import LIFETIME as SESSION
from admitone.web.customer.booked_cookie import LIFETIME as BOOKED
from admitone.web.customer.clock import LIFETIME as CLOCK
from admitone.web.http.appkeys import CONFIG
from admitone.web.http.html import respond_page

if TYPE_CHECKING:
    from aiohttp import web

DAY = 86_400


async def show(request: web.Request) -> web.Response:
    """Show the page, in the reader's language."""
    return respond_page(
        request,
        "customer/privacy.html",
        {
            "server": URL(request.app[CONFIG].public_url).authority,
            "months": LONGEST_RETENTION,
            "booked_days": BOOKED // DAY,
            "clock_days": CLOCK // DAY,
            "session_days": SESSION // DAY,
        },
    )
