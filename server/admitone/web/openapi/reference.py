"""The pages that describe the API and its problems: `/api/docs` and `/problems/CODE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NotFound
from admitone.domain.people.reader import reader_for
from admitone.web.http.appkeys import API_CALLS, CONFIG, OPENAPI
from admitone.web.http.html import respond_page
from admitone.web.http.kept_answer import respond_kept
from admitone.web.openapi.problem_list import known_problems
from admitone.web.openapi.shapes import read_records

if TYPE_CHECKING:
    from aiohttp import web

HTML = "text/html; charset=utf-8"


async def show(request: web.Request) -> web.Response:
    """Show every call of the API, as `/api/openapi.json` describes it."""
    return respond_kept(request, HTML, lambda: _docs(request).encode())


def _docs(request: web.Request) -> str:
    document = request.app[OPENAPI]
    context = {
        "sections": request.app[API_CALLS](),
        "records": read_records(document),
        "problems": known_problems(),
        "base": request.app[CONFIG].public_url,
        "version": document["info"]["version"],
    }
    return respond_page(request, "openapi/docs.html", context, reader=reader_for([])).text or ""


async def show_problem(request: web.Request) -> web.Response:
    """Explain a problem's code: a problem document's `type` is this address (RFC 9457, 3.1.1)."""
    code = request.match_info["code"]
    found = [problem for problem in known_problems() if problem.code == code]
    if not found:
        raise NotFound
    calls = [call for section in request.app[API_CALLS]() for call in section.calls if code in call.problems]
    return respond_page(request, "openapi/problem.html", {"problem": found[0], "calls": calls})
