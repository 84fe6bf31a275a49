"""GET /api/v1/book/{code}"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.usecases.visit import open_visit
from admitone.usecases.visit_view import VisitView, view_visit
from admitone.web.appkeys import SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


class VisitQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of which event type the questions are asked, where there are several."""

    event_type: str | None = None


@operation(VisitView, query=VisitQuery)
async def handle(request: web.Request) -> web.Response:
    """Show what a code or slug offers; a look, which consumes nothing."""
    event_type = request.query.get("event_type")
    services = request.app[SERVICES]
    visit = await open_visit(services, request.match_info["code"], is_look=True)
    return respond_json(view_visit(services, visit, event_type))
