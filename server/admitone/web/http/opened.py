"""What a customer's address leads to; from then on the request is answered in the language that it fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.pages.language import fixed_language
from admitone.usecases.bookings.managed import open_managed
from admitone.usecases.links.visit import open_visit
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.locale import fix_language

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.store.records.operations import Operation
    from admitone.usecases.bookings.managed import Managed
    from admitone.usecases.links.visit import Visit


async def opened_visit(
    request: web.Request, address: str, *, operation: Operation | None = None, is_look: bool = False
) -> Visit:
    """The visit of a code or slug; otherwise, and in what it raises, as `open_visit`."""
    visit = await open_visit(request.app[SERVICES], address, operation=operation, is_look=is_look)
    page = visit.target.page if visit.target else None
    fix_language(request, fixed_language(page, await visit.snapshot.settings()))
    return visit


async def opened_managed(request: web.Request) -> Managed:
    """The booking whose manage token is in the address; raises NotFound, BookingDeleted."""
    managed = await open_managed(request.app[SERVICES], request.match_info["token"])
    page = managed.target.page if managed.target else None
    fix_language(request, fixed_language(page, await managed.snapshot.settings()))
    return managed
