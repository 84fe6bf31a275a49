"""GET /api/docs"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.appkeys import CONFIG, OPENAPI
from admitone.web.html import respond_page
from admitone.web.reference.calls import read_calls
from admitone.web.reference.problem_list import known_problems
from admitone.web.reference.shapes import read_records

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Show every call of the API, from the same document that `/api/openapi.json` answers."""
    document = request.app[OPENAPI]
    context = {
        "sections": read_calls(document),
        "records": read_records(document),
        "problems": known_problems(),
        "base": request.app[CONFIG].public_url,
        "version": document["info"]["version"],
    }
    return respond_page(request, "reference/docs.html", context)
