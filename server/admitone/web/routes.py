"""Every address of the server, in one table: what it answers, to whom, and within which bounds."""

from __future__ import annotations

from admitone.web.api import healthz, readyz
from admitone.web.route import Access, Limit, Route

NO_BODY = Limit(body=0)
SMALL = Limit(body=64 * 1024)
BATCH = Limit(body=1024 * 1024)

_open = Access.OPEN

# A GET row answers HEAD as well.
# fmt: off
ROUTES: tuple[Route, ...] = (
    # Operations
    Route("GET", "/healthz", healthz.handle, _open, NO_BODY),
    Route("GET", "/readyz",  readyz.handle,  _open, NO_BODY),
)
# fmt: on
