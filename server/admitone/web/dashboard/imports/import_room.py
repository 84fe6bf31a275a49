"""The room of one import, of any kind: its columns, what is wrong in it, its progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from admitone.domain.contacts.contact import typed_tags
from admitone.domain.errors import Invalid
from admitone.domain.imports.file_columns import FIELD, Columns, field_name
from admitone.domain.imports.file_import import UNDER_WAY
from admitone.usecases.imports.import_steps import choose_columns, end_import, start_import
from admitone.usecases.imports.import_view import problems_of, view_import
from admitone.web.dashboard.imports.problem_file import column_name, problem_file
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from admitone.domain.imports.read_row import CellProblem
    from admitone.usecases.imports.import_kind import ImportKind
    from admitone.usecases.imports.import_view import ImportView
    from admitone.web.dashboard.sent_form import SentForm

SHOWN_PROBLEMS = 50
SHOWN_SAMPLES = 3


class ImportRoom:
    """The room of the imports of one kind, at `path`/IMPORT.

    `states` and `targets` have the words for an import's states and for what a column can become. The room
    is the template `show`, the form for columns `columns`; `more` reads what else `show` needs.
    """

    def __init__(
        self,
        kind: ImportKind,
        *,
        room: str,
        path: str,
        states: Mapping[str, str],
        targets: Sequence[tuple[str, str]],
        show: str,
        columns: str,
        more: Callable[[web.Request, ImportView], Awaitable[dict[str, Any]]] | None = None,
    ) -> None:
        self._kind = kind
        self._room = room
        self._path = path
        self._states = states
        self._targets = targets
        self._show = show
        self._columns = columns
        self._more = more

    async def show(self, request: web.Request) -> web.Response:
        """Show an import; `?columns=1` shows the columns of a file that was checked."""
        view = await self._view(request)
        if view.state == "uploaded" or (view.state == "checked" and "columns" in request.query):
            return await self._show_columns(request, view, view.columns)
        context = {
            **self._context(view),
            "problems": await _first_problems(request, view),
            "column_name": column_name,
            "done": view.made.position * 100 // view.made.parts,
            "is_under_way": view.state in UNDER_WAY,
            **(await self._more(request, view) if self._more else {}),
        }
        return await show_room(request, self._show, context)

    async def choose(self, request: web.Request) -> web.Response:
        """Have a file checked with the columns that were chosen."""
        services, caller = request.app[SERVICES], request[CALLER]
        view = await self._view(request)
        columns = _read_columns(await read_form(request), view)
        if view.state in {"uploaded", "checked"}:
            try:
                await choose_columns(self._kind, services, caller, view.made.id, columns)
            except Invalid as refusal:
                return await self._show_columns(request, view, columns, by_field(refusal))
        return lead_to(f"{self._path}/{view.made.id}")

    async def start(self, request: web.Request) -> web.Response:
        """Import a file that was checked."""
        return await self._step(request, start_import)

    async def end(self, request: web.Request) -> web.Response:
        """Discard a file, or stop its import."""
        return await self._step(request, end_import)

    async def problems(self, request: web.Request) -> web.Response:
        """Send everything that is wrong in a file as a table."""
        services, caller = request.app[SERVICES], request[CALLER]
        view = await self._view(request)
        found = [problem async for problem in problems_of(services, caller, view.made)]
        texts = reader_of(request, part="dashboard").texts
        header = view.file.header if view.file else []
        return web.Response(
            body=problem_file(found, header, texts),
            headers={"Content-Disposition": 'attachment; filename="problems.csv"'},
            content_type="text/csv",
            charset="utf-8",
        )

    async def _step(self, request: web.Request, step: Callable[..., Awaitable[None]]) -> web.Response:
        await read_form(request)
        import_id = request.match_info["id"]
        await step(self._kind, request.app[SERVICES], request[CALLER], import_id)
        return lead_to(f"{self._path}/{import_id}")

    async def _view(self, request: web.Request) -> ImportView:
        import_id = request.match_info["id"]
        return await view_import(self._kind, request.app[SERVICES], request[CALLER], import_id)

    def _context(self, view: ImportView) -> dict[str, Any]:
        return {
            "room": self._room,
            "path": f"{self._path}/{view.made.id}",
            "list_path": self._path,
            "view": view,
            "made": view.made,
            "file": view.file,
            "state": view.state,
            "states": self._states,
        }

    async def _show_columns(
        self,
        request: web.Request,
        view: ImportView,
        columns: Columns,
        errors: Mapping[str, str] | None = None,
    ) -> web.Response:
        """The form in which columns are chosen; with `errors` by field if they were refused."""
        context = {
            **self._context(view),
            "columns": _shown_columns(view, columns),
            "targets": self._targets,
            "tags": ", ".join(columns.tags),
            "errors": errors or {},
        }
        return await show_room(request, self._columns, context, status=422 if errors else 200)


def _shown_columns(view: ImportView, columns: Columns) -> list[dict[str, Any]]:
    """Each column with its name, the first values in it, and what it becomes."""
    assert view.file is not None
    rows = [row.cells for row in view.samples[:SHOWN_SAMPLES]]
    return [
        {
            "name": name,
            "samples": [row[place] for row in rows if place < len(row) and row[place]],
            "target": FIELD if target.startswith(FIELD) else target,
            "field": target.removeprefix(FIELD) if target.startswith(FIELD) else field_name(name),
        }
        for place, (name, target) in enumerate(zip(view.file.header, columns.targets, strict=True))
    ]


async def _first_problems(request: web.Request, view: ImportView) -> list[CellProblem]:
    found: list[CellProblem] = []
    if view.made.problems and view.file:
        async for problem in problems_of(request.app[SERVICES], request[CALLER], view.made):
            found.append(problem)
            if len(found) == SHOWN_PROBLEMS:
                break
    return found


def _read_columns(form: SentForm, view: ImportView) -> Columns:
    """The columns as they were chosen; a name for a custom field counts only for a custom field."""
    width = len(view.file.header) if view.file else 0
    targets = [form.text(f"columns.{place}") for place in range(width)]
    named = [
        FIELD + form.text(f"columns.{place}.field") if target == FIELD else target
        for place, target in enumerate(targets)
    ]
    return Columns(named, typed_tags(form.text("tags")))
