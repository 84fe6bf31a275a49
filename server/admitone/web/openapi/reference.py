"""The pages that describe the API and its problems: `/api/docs`, `/api/docs/SUBJECT`, `/problems/CODE`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from admitone.domain.errors import NotFound
from admitone.domain.people.reader import reader_for
from admitone.web.http.appkeys import API_CALLS, OPENAPI
from admitone.web.http.html import respond_page
from admitone.web.http.kept_answer import respond_kept
from admitone.web.openapi.own_examples import own_examples
from admitone.web.openapi.problem_list import known_problems
from admitone.web.openapi.shapes import read_records

if TYPE_CHECKING:
    from collections.abc import Callable

HTML = "text/html; charset=utf-8"


async def show(request: web.Request) -> web.Response:
    """List every call of the API, as `/api/openapi.json` describes it."""
    return respond_kept(request, HTML, lambda: _page(request, "docs").encode())


async def show_subject(request: web.Request) -> web.Response:
    """Show the calls about one subject, with the caller's own ids in them; or all problems or records."""
    subject, calls = request.match_info["subject"], request.app[API_CALLS]
    document = request.app[OPENAPI]
    if subject == "problems":
        return _kept(request, subject, lambda: {"problems": known_problems()})
    if subject == "records":
        return _kept(request, subject, lambda: {"records": read_records(document)})
    section = next((each for each in calls() if each.id == subject), None)
    if section is None:
        raise NotFound
    own = await own_examples(request, subject)
    if not own:
        return _kept(request, "subject", lambda: {"section": section, "own": {}})
    text = _page(request, "subject", section=section, own=own)
    for example, mine in own.items():
        text = text.replace(example, mine)
    return web.Response(text=text, content_type="text/html")


def _kept(request: web.Request, template: str, read: Callable[[], dict[str, Any]]) -> web.Response:
    return respond_kept(request, HTML, lambda: _page(request, template, **read()).encode(), name=request.path)


def _page(request: web.Request, template: str, **context: Any) -> str:
    known = {
        "sections": request.app[API_CALLS](),
        "shown": request.match_info.get("subject", ""),
        "version": request.app[OPENAPI]["info"]["version"],
    }
    page = respond_page(request, f"openapi/{template}.html", known | context, reader=reader_for([]))
    return page.text or ""


async def show_problem(request: web.Request) -> web.Response:
    """Explain a problem's code: a problem document's `type` is this address (RFC 9457, 3.1.1)."""
    code = request.match_info["code"]
    found = [problem for problem in known_problems() if problem.code == code]
    if not found:
        raise NotFound
    calls = [
        (section.id, call)
        for section in request.app[API_CALLS]()
        for call in section.calls
        if code in call.problems
    ]
    return respond_page(request, "openapi/problem.html", {"problem": found[0], "calls": calls})
