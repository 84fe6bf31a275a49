"""The handlers of a kind of configuration record: list, create, show, change and delete."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import msgspec
from aiohttp import web

from admitone.domain.errors import SlugInUse, WouldBreakLinks, WouldBreakWorkflows
from admitone.usecases.pages.breaking_links import Confirmation
from admitone.usecases.shared.listing import Listing, ListQuery
from admitone.usecases.shared.records import (
    change_record,
    create_record,
    delete_record,
    list_records,
    read_record,
    view_record,
)
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import (
    no_content,
    query,
    read_json,
    read_patch,
    respond_created,
    respond_json,
)
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from admitone.usecases.shared.records import RecordKind

Body = TypeVar("Body", bound=msgspec.Struct)
Record = TypeVar("Record", bound=msgspec.Struct)
View = TypeVar("View", bound=msgspec.Struct)
Handler = Callable[[web.Request], Awaitable[web.Response]]


class RecordHandlers(NamedTuple):
    """The handlers of one kind, each with its OpenAPI operation."""

    list_: Handler
    create: Handler
    get: Handler
    update: Handler
    delete: Handler


def record_handlers(
    kind: RecordKind[Body, Record, View], prefix: str, *, one: str, many: str
) -> RecordHandlers:
    """The handlers of `kind`; `prefix` begins their operation ids, `one` and `many` name it in summaries.

    `one` has its article, such as "an event type".
    """
    new_body = kind.new_body or kind.body
    of_slugs = (SlugInUse,) if kind.slug else ()
    of_links = (WouldBreakLinks, WouldBreakWorkflows) if kind.refuse_breaking else ()
    if kind.may_break is None:
        changed_by = operation(f"{prefix}_update", kind.view, patch=kind.body, refuses=of_slugs)
    else:
        changed_by = operation(
            f"{prefix}_update",
            kind.view,
            patch=kind.body,
            query=Confirmation,
            refuses=(*of_slugs, *of_links),
        )

    @operation(f"{prefix}_list", _listing_of(kind.view), query=ListQuery)
    async def list_(request: web.Request) -> web.Response:
        services, caller = request.app[SERVICES], request[CALLER]
        return respond_json(await list_records(services, caller, kind, query(request, ListQuery)))

    @operation(f"{prefix}_create", kind.view, body=new_body, status=201, refuses=of_slugs)
    async def create(request: web.Request) -> web.Response:
        body = await read_json(request, new_body)
        view: Any = await create_record(request.app[SERVICES], request[CALLER], kind, body)
        return respond_created(view, f"{request.path}/{view.id}")

    @operation(f"{prefix}_get", kind.view)
    async def get(request: web.Request) -> web.Response:
        record = await read_record(request[CALLER], kind, request.match_info["id"])
        return respond_json(view_record(request.app[SERVICES], kind, record))

    @changed_by
    async def update(request: web.Request) -> web.Response:
        patch = await read_patch(request)
        confirm = kind.may_break is not None and query(request, Confirmation).confirm
        services, record_id = request.app[SERVICES], request.match_info["id"]
        view = await change_record(services, request[CALLER], kind, record_id, patch, confirm=confirm)
        return respond_json(view)

    @operation(f"{prefix}_delete", status=204, query=Confirmation, refuses=of_links)
    async def delete(request: web.Request) -> web.Response:
        confirm = query(request, Confirmation).confirm
        services, record_id = request.app[SERVICES], request.match_info["id"]
        await delete_record(services, request[CALLER], kind, record_id, confirm=confirm)
        return no_content()

    list_.__doc__ = f"List the workspace's {many}, oldest first."
    create.__doc__ = f"Create {one}."
    get.__doc__ = f"Show {one}."
    update.__doc__ = f"Change {one} by a merge patch (RFC 7396)."
    delete.__doc__ = f"Delete {one}."
    return RecordHandlers(list_, create, get, update, delete)


def _listing_of(view: type[Any]) -> Any:
    return cast("Any", Listing)[view]
