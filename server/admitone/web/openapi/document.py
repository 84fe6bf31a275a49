"""The API's description in OpenAPI 3.1, derived from the table of routes and the types of its calls."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

from admitone import __version__
from admitone.web.http.problems import Problem
from admitone.web.http.route import Access
from admitone.web.http.scope import Special
from admitone.web.openapi.operation import ApiCall, api_call
from admitone.web.openapi.schemas import Form, Schemas

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.web.http.route import Route

CREATED = 201
LOCATION = {
    "description": "The path of what was made.",
    "required": True,
    "schema": {"type": "string", "format": "uri-reference"},
}
FILE = {"type": "string", "format": "binary"}
TEXT = {"type": "string"}
PARAMETERS = {
    "mail": "The kind of mail, such as `confirmation`.",
    "code": "A one-time code, with or without its dot, or the slug of a page.",
    "token": "The token of a manage link.",
    "link": "The id of a link.",
    "booking": "The id of a booking.",
    "enrolment": "The enrolment's id.",
    "id": "The record's id.",
}
QUERIES = {
    "cursor": "The `next_cursor` of the list so far.",
    "limit": "How many at most.",
    "from": "The first date.",
    "to": "The last date, inclusive.",
    "timezone": "The zone that dates are meant in; the page's if left out.",
    "event_type": "The id of an event type; for the times of a page it may be left out where there is one.",
    "status": "Only those in this state.",
    "page": "Only those of the page with this id.",
    "host": "Only those of the user with this id.",
    "kind": "Only those of this kind.",
    "workflow": "Only those of the workflow with this id.",
    "link": "The own history of the link with this id.",
    "booking": "The own history of the booking with this id.",
    "contact": "The own history of the contact with this id.",
    "after": "The id of the entry after which to begin.",
    "created_by": "Only those that the user with this id made.",
    "group_by": "How the figures are grouped.",
    "channel": "Only those of links made by this channel; `general` are bookings without a one-time link.",
    "domain": "Only those of customers whose address has this domain.",
    "tag": "Only those that have this tag.",
    "q": "Only those of people whose name has words that begin so, or whose address does. The first 8 "
    "different words count, and only those of at least 2 characters.",
}
_PATH_PARAMETER = re.compile(r"\{(\w+)\}")


def describe(routes: Iterable[Route], public_url: str) -> dict[str, Any]:
    """The document of all routes whose handlers are marked with `operation`."""
    described = [(route, found) for route in routes if (found := api_call(route.handler))]
    calls = [found for _, found in described]
    schemas = Schemas(
        answers=[*(call.answer for call in calls if call.answer and call.answer is not str), Problem],
        bodies=[
            kind
            for call in calls
            for kind in (call.body, call.patch, call.query)
            if kind and kind is not bytes
        ],
    )
    paths: dict[str, dict[str, Any]] = {}
    for route, found in described:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, found, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Admit One",
            "version": __version__,
            "description": "One-time booking links: issue them, book them, and look after the bookings.",
        },
        "servers": [{"url": public_url}],
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "admitone"},
            },
        },
    }


def _operation(route: Route, found: ApiCall, schemas: Schemas) -> dict[str, Any]:
    documentation = inspect.getdoc(route.handler) or ""
    described: dict[str, Any] = {
        "operationId": found.id,
        "summary": documentation.partition("\n")[0].rstrip("."),
        "tags": [_tag(route.path)],
        "security": _security(route),
        "parameters": [*_path_parameters(route.path), *_query_parameters(found, schemas), *_headers(found)],
        "responses": {
            **{str(status): _response(found, status, schemas) for status in found.statuses},
            "default": _problem(schemas),
        },
    }
    if body := _body(found, schemas):
        described["requestBody"] = body
    if route.access is Access.ADMINISTRATOR:
        described["description"] = "For administrators."
    return described


def _security(route: Route) -> list[dict[str, list[str]]]:
    """The credential that a call takes, with its scope; browsers alone have the session."""
    match route.scope:
        case None:
            return []
        case Special.SESSION:
            return [{"session": []}]
        case Special.ANY:
            return [{"bearer": []}]
        case scope:
            return [{"bearer": [scope]}]


def _tag(path: str) -> str:
    """The subject of the call: the first part of its path after the API's prefix."""
    return path.removeprefix("/api/v1/").partition("/")[0]


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PARAMETERS[name],
            "schema": {"type": "string"},
        }
        for name in _PATH_PARAMETER.findall(path)
    ]


def _query_parameters(found: ApiCall, schemas: Schemas) -> list[dict[str, Any]]:
    if found.query is None:
        return []
    fields, required = schemas.parameters(found.query)
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": QUERIES.get(name, ""),
            "schema": shape,
        }
        for name, shape in fields.items()
    ]


def _headers(found: ApiCall) -> list[dict[str, Any]]:
    if found.status != CREATED:
        return []
    schema = {"type": "string", "minLength": 1, "maxLength": 255}
    return [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": "The same key and body within 24 hours are answered the same, and done once.",
            "schema": schema,
        }
    ]


def _body(found: ApiCall, schemas: Schemas) -> dict[str, Any] | None:
    if found.body is bytes:
        return {"required": True, "content": {"application/octet-stream": {"schema": FILE}}}
    if found.patch:
        schema = schemas.schema(found.patch, Form.PATCHED)
    elif found.body:
        schema = schemas.schema(found.body, Form.SENT)
    else:
        return None
    return {"required": not found.body_is_optional, "content": {"application/json": {"schema": schema}}}


def _response(found: ApiCall, status: int, schemas: Schemas) -> dict[str, Any]:
    if found.answer is None:
        return {"description": "Done."}
    described: dict[str, Any] = {
        "description": "The answer.",
        "content": {found.media_type: {"schema": _answer_schema(found, schemas)}},
    }
    if status == CREATED:
        described["headers"] = {"Location": LOCATION}
    return described


def _answer_schema(found: ApiCall, schemas: Schemas) -> dict[str, Any]:
    return TEXT if found.answer is str else schemas.schema(found.answer, Form.ANSWERED)


def _problem(schemas: Schemas) -> dict[str, Any]:
    return {
        "description": "A refusal (RFC 9457): a stable code in `type`, a sentence, whether a retry helps.",
        "content": {"application/problem+json": {"schema": schemas.schema(Problem, Form.ANSWERED)}},
    }
