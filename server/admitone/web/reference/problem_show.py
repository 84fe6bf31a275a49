"""GET /problems/{code}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NotFound
from admitone.web.appkeys import OPENAPI
from admitone.web.html import respond_page
from admitone.web.reference.calls import read_calls
from admitone.web.reference.problem_list import known_problems

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Explain a problem's code: a problem document's `type` is this address (RFC 9457, 3.1.1)."""
    code = request.match_info["code"]
    found = [problem for problem in known_problems() if problem.code == code]
    if not found:
        raise NotFound
    document = request.app[OPENAPI]
    calls = [call for section in read_calls(document) for call in section.calls if code in call.problems]
    return respond_page(request, "reference/problem.html", {"problem": found[0], "calls": calls})
