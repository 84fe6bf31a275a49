"""One import: its columns, what is wrong in it, its progress: `/dashboard/contacts/import/IMPORT`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from admitone.domain.contacts.contact import typed_tags
from admitone.domain.contacts.contact_import import UNDER_WAY
from admitone.domain.contacts.file_columns import FIELD, Columns, field_name
from admitone.domain.errors import Invalid
from admitone.usecases.contacts.import_steps import choose_columns, end_import, start_import
from admitone.usecases.contacts.import_view import problems_of, view_import
from admitone.web.dashboard.contacts.import_start import PATH
from admitone.web.dashboard.contacts.import_words import STATES, TARGETS
from admitone.web.dashboard.contacts.problem_file import column_name, problem_file
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.contacts.file_contacts import CellProblem
    from admitone.usecases.contacts.import_view import ImportView
    from admitone.web.dashboard.sent_form import SentForm

SHOWN_PROBLEMS = 50
SHOWN_SAMPLES = 3


async def show(request: web.Request) -> web.Response:
    """Show an import; `?columns=1` shows the columns of a file that was checked."""
    view = await view_import(request.app[SERVICES], request[CALLER], request.match_info["id"])
    if view.state == "uploaded" or (view.state == "checked" and "columns" in request.query):
        return await _show_columns(request, view, view.columns)
    context = {
        **_context(view),
        "problems": await _first_problems(request, view),
        "column_name": column_name,
        "done": view.made.position * 100 // view.made.parts,
        "is_under_way": view.state in UNDER_WAY,
    }
    return await show_room(request, "contacts/contact_import", context)


async def choose(request: web.Request) -> web.Response:
    """Have a file checked with the columns that were chosen."""
    services, caller = request.app[SERVICES], request[CALLER]
    view = await view_import(services, caller, request.match_info["id"])
    columns = _read_columns(await read_form(request), view)
    if view.state not in {"uploaded", "checked"}:
        return lead_to(f"{PATH}/{view.made.id}")
    try:
        await choose_columns(services, caller, view.made.id, columns)
    except Invalid as refusal:
        return await _show_columns(request, view, columns, by_field(refusal))
    return lead_to(f"{PATH}/{view.made.id}")


async def start(request: web.Request) -> web.Response:
    """Import a file that was checked."""
    await read_form(request)
    import_id = request.match_info["id"]
    await start_import(request.app[SERVICES], request[CALLER], import_id)
    return lead_to(f"{PATH}/{import_id}")


async def end(request: web.Request) -> web.Response:
    """Discard a file, or stop its import."""
    await read_form(request)
    import_id = request.match_info["id"]
    await end_import(request.app[SERVICES], request[CALLER], import_id)
    return lead_to(f"{PATH}/{import_id}")


async def problems(request: web.Request) -> web.Response:
    """Send everything that is wrong in a file as a table."""
    services, caller = request.app[SERVICES], request[CALLER]
    view = await view_import(services, caller, request.match_info["id"])
    found = [problem async for problem in problems_of(services, caller, view.made)]
    texts = reader_of(request, part="dashboard").texts
    header = view.file.header if view.file else []
    return web.Response(
        body=problem_file(found, header, texts),
        headers={"Content-Disposition": 'attachment; filename="problems.csv"'},
        content_type="text/csv",
        charset="utf-8",
    )


def _context(view: ImportView) -> dict[str, Any]:
    return {
        "room": "contacts",
        "path": f"{PATH}/{view.made.id}",
        "list_path": PATH,
        "view": view,
        "made": view.made,
        "file": view.file,
        "state": view.state,
        "states": STATES,
    }


async def _first_problems(request: web.Request, view: ImportView) -> list[CellProblem]:
    found: list[CellProblem] = []
    if view.made.problems and view.file:
        async for problem in problems_of(request.app[SERVICES], request[CALLER], view.made):
            found.append(problem)
            if len(found) == SHOWN_PROBLEMS:
                break
    return found


async def _show_columns(
    request: web.Request, view: ImportView, columns: Columns, errors: Mapping[str, str] | None = None
) -> web.Response:
    """The form in which columns are chosen; with `errors` by field if they were refused."""
    assert view.file is not None
    rows = [row.cells for row in view.samples[:SHOWN_SAMPLES]]
    context = {
        **_context(view),
        "columns": [
            {
                "name": name,
                "samples": [row[place] for row in rows if place < len(row) and row[place]],
                "target": FIELD if target.startswith(FIELD) else target,
                "field": target.removeprefix(FIELD) if target.startswith(FIELD) else field_name(name),
            }
            for place, (name, target) in enumerate(zip(view.file.header, columns.targets, strict=True))
        ],
        "targets": TARGETS,
        "tags": ", ".join(columns.tags),
        "errors": errors or {},
    }
    return await show_room(request, "contacts/import_columns", context, status=422 if errors else 200)


def _read_columns(form: SentForm, view: ImportView) -> Columns:
    """The columns as they were chosen; a name for a custom field counts only for a custom field."""
    width = len(view.file.header) if view.file else 0
    targets = [form.text(f"columns.{place}") for place in range(width)]
    named = [
        FIELD + form.text(f"columns.{place}.field") if target == FIELD else target
        for place, target in enumerate(targets)
    ]
    return Columns(named, typed_tags(form.text("tags")))
