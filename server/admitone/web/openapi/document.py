"""The API's description in OpenAPI 3.1, derived from the table of routes and the types of its calls."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import msgspec

from admitone import __version__
from admitone.domain.errors import FieldError
from admitone.domain.instant import Instant
from admitone.web.http.problems import Problem
from admitone.web.http.route import Access
from admitone.web.openapi.operation import ApiCall, api_call

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from admitone.web.http.route import Route

REF = "#/components/schemas/{name}"
CREATED = 201
NO_CONTENT = 204
LOCATION = {
    "description": "The path of what was made.",
    "required": True,
    "schema": {"type": "string", "format": "uri-reference"},
}
PARAMETERS = {
    "mail": "The kind of mail, such as `confirmation`.",
    "code": "A one-time code, with or without its dot, or the slug of a page.",
    "token": "The token of a manage link.",
    "link": "The id of a link.",
    "booking": "The id of a booking.",
    "id": "The record's id.",
}
QUERIES = {
    "cursor": "The `next_cursor` of the list so far.",
    "limit": "How many at most.",
    "from": "The first date.",
    "to": "The last date, inclusive.",
    "timezone": "The zone that dates are meant in; the page's if left out.",
    "event_type": "The id of an event type; may be left out where there is one.",
    "status": "Only those in this state.",
    "page": "Only those of the page with this id.",
    "host": "Only those of the user with this id.",
    "created_by": "Only those that the user with this id made.",
    "q": "Only those of people whose name has words that begin so, or whose address does.",
}
_PATH_PARAMETER = re.compile(r"\{(\w+)\}")


def describe(routes: Iterable[Route], public_url: str) -> dict[str, Any]:
    """The document of all routes whose handlers are marked with `operation`."""
    described = [(route, found) for route in routes if (found := api_call(route.handler))]
    types = [kind for _, found in described for kind in (found.answer, found.body, found.patch) if kind]
    schemas, components = msgspec.json.schema_components(
        [*types, Problem, FieldError], schema_hook=_instant_schema, ref_template=REF
    )
    by_type = dict(zip([*types, Problem, FieldError], schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route, found in described:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, found, by_type)
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
            "schemas": components,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(route: Route, found: ApiCall, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    documentation = inspect.getdoc(route.handler) or ""
    described: dict[str, Any] = {
        "operationId": found.id,
        "summary": documentation.partition("\n")[0].rstrip("."),
        "tags": [_tag(route.path)],
        "security": [] if route.access is Access.CUSTOMER else [{"bearer": []}],
        "parameters": [*_path_parameters(route.path), *_query_parameters(found), *_headers(found)],
        "responses": {str(found.status): _response(found, schemas), "default": _problem()},
    }
    if body := _body(found, schemas):
        described["requestBody"] = body
    if route.access is Access.ADMINISTRATOR:
        described["description"] = "For administrators."
    return described


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


def _query_parameters(found: ApiCall) -> list[dict[str, Any]]:
    if found.query is None:
        return []
    [_], components = msgspec.json.schema_components([found.query], schema_hook=_instant_schema)
    schema = components[found.query.__name__]
    required = schema.get("required", [])
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": QUERIES.get(name, ""),
            "schema": _given(shape, components),
        }
        for name, shape in schema["properties"].items()
    ]


def _given(shape: dict[str, Any], components: Mapping[str, Any]) -> dict[str, Any]:
    """A query parameter's schema, without null: to leave the parameter out means the same."""
    choices = [choice for choice in shape.get("anyOf", [shape]) if choice.get("type") != "null"]
    chosen = dict(choices[0])
    name = chosen.pop("$ref", "").rpartition("/")[2]
    return {**components[name], **chosen} if name else chosen


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


def _body(found: ApiCall, schemas: Mapping[Any, Any]) -> dict[str, Any] | None:
    if found.patch:
        # A patch has any of the record's fields; the record's own schema would require too many.
        fields = {"type": "object", "description": f"A merge patch (RFC 7396) of {found.patch.__name__}."}
        return {"required": True, "content": {"application/json": {"schema": fields}}}
    if found.body is None:
        return None
    content = {"application/json": {"schema": schemas[found.body]}}
    return {"required": not found.body_is_optional, "content": content}


def _response(found: ApiCall, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    if found.status == NO_CONTENT:
        return {"description": "Done."}
    described: dict[str, Any] = {
        "description": "The answer.",
        "content": {"application/json": {"schema": schemas[found.answer]}},
    }
    if found.status == CREATED:
        described["headers"] = {"Location": LOCATION}
    return described


def _problem() -> dict[str, Any]:
    schema = {"$ref": REF.format(name="Problem")}
    return {
        "description": "A refusal (RFC 9457): a stable code in `type`, a sentence, whether a retry helps.",
        "content": {"application/problem+json": {"schema": schema}},
    }


def _instant_schema(kind: type) -> dict[str, Any]:
    if kind is Instant:
        return {"type": "string", "format": "date-time", "examples": ["2026-11-23T15:00:00Z"]}
    raise NotImplementedError(kind)
