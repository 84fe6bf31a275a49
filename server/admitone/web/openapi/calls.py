"""The calls of the OpenAPI document in the shape that the page shows: input, answer, how to try a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from admitone.web.openapi.examples import BY_NAME, PATCHES, example, written
from admitone.web.openapi.operation import api_call
from admitone.web.openapi.problem_list import problems_of
from admitone.web.openapi.shapes import Part, type_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from admitone.web.http.route import Route

FILE = "application/octet-stream"
CSV = "text/csv"
SECTIONS = {
    "book": "Booking, without an account",
    "manage": "A customer's own booking",
    "links": "One-time links",
    "bookings": "Bookings",
    "contacts": "Contacts",
    "pages": "What can be shared",
    "booking-pages": "Booking pages",
    "event-types": "Event types",
    "activity": "What happened",
    "reports": "Reports",
    "me": "Who is calling",
    "api-keys": "API keys",
    "settings": "The workspace",
    "mail-templates": "Mails",
    "webhooks": "Webhooks",
    "jobs": "What failed in the background",
}
"""Titles by tag, in the order of the page; a tag that is not named here comes last."""


class ShownParameter(msgspec.Struct, frozen=True):
    """A parameter; `place` is `path`, `query` or `header`; `example` is the value in its input field."""

    name: str
    place: str
    required: bool
    type: list[Part]
    description: str
    example: str


class ShownBody(msgspec.Struct, frozen=True):
    """A request's or an answer's body: its type as text, and an example in JSON; of a file, its name."""

    type: list[Part]
    example: str
    media_type: str
    required: bool = True

    @property
    def is_file(self) -> bool:
        """Whether it is a file, sent as it is."""
        return self.media_type == FILE


class ShownCall(msgspec.Struct, frozen=True):
    """One call; `curl` is a shell command that tries it, in which `$KEY` is an API key."""

    id: str
    method: str
    path: str
    summary: str
    note: str
    needs_key: bool
    parameters: list[ShownParameter]
    body: ShownBody | None
    status: int
    answer: ShownBody | None
    problems: list[str]
    curl: str


class Section(msgspec.Struct, frozen=True):
    """The calls about one subject."""

    id: str
    title: str
    calls: list[ShownCall]


def read_calls(document: Mapping[str, Any], routes: Iterable[Route]) -> list[Section]:
    """Every call of the OpenAPI document, which was made from `routes`, grouped by what the call is about."""
    described = [(route, call) for route in routes if (call := api_call(route.handler))]
    problems = {call.id: problems_of(route, call) for route, call in described}
    by_tag: dict[str, list[ShownCall]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            shown = _call(path, method, operation, document, problems[operation["operationId"]])
            by_tag.setdefault(operation["tags"][0], []).append(shown)
    order = [*(tag for tag in SECTIONS if tag in by_tag), *(tag for tag in by_tag if tag not in SECTIONS)]
    return [
        Section(tag, SECTIONS.get(tag) or tag.replace("-", " ").capitalize(), by_tag[tag]) for tag in order
    ]


def _call(
    path: str, method: str, operation: Mapping[str, Any], document: Mapping[str, Any], problems: list[str]
) -> ShownCall:
    schemas = document["components"]["schemas"]
    parameters = [_parameter(given, schemas) for given in operation["parameters"]]
    [status, answer] = next((int(s), a) for s, a in operation["responses"].items() if s != "default")
    body = _sent(operation, schemas)
    needs_key = bool(operation["security"])
    return ShownCall(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        note=operation.get("description", ""),
        needs_key=needs_key,
        parameters=parameters,
        body=body,
        status=status,
        answer=_content(answer, schemas, body=False) if "content" in answer else None,
        problems=problems,
        curl=_curl(document["servers"][0]["url"], method, path, parameters, body, needs_key=needs_key),
    )


def _parameter(given: Mapping[str, Any], schemas: Mapping[str, Any]) -> ShownParameter:
    name, required = given["name"], given["required"]
    known = name in BY_NAME and given["in"] != "header"
    value = example(name, given["schema"], schemas, body=True) if required or known else ""
    return ShownParameter(
        name=name,
        place=given["in"],
        required=required,
        type=type_text(given["schema"]),
        description=given.get("description", ""),
        example=str(value),
    )


def _sent(operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> ShownBody | None:
    if "requestBody" not in operation:
        return None
    sent = _content(operation["requestBody"], schemas, body=True)
    if patch := PATCHES.get(operation["operationId"]):
        sent = msgspec.structs.replace(sent, example=written(patch))
    return msgspec.structs.replace(sent, required=operation["requestBody"]["required"])


def _content(described: Mapping[str, Any], schemas: Mapping[str, Any], *, body: bool) -> ShownBody:
    [(media_type, content)] = described["content"].items()
    if media_type == FILE:
        return ShownBody(type_text(content["schema"]), "picture.png", media_type)
    if media_type == CSV:
        return ShownBody(type_text(content["schema"]), "id,…", media_type)
    value = example("", content["schema"], schemas, body=body)
    return ShownBody(type_text(content["schema"]), written(value), media_type)


def _curl(
    base: str,
    method: str,
    path: str,
    parameters: list[ShownParameter],
    body: ShownBody | None,
    *,
    needs_key: bool,
) -> str:
    for parameter in parameters:
        if parameter.place == "path":
            path = path.replace(f"{{{parameter.name}}}", parameter.example)
    query = "&".join(
        f"{parameter.name}={quote(parameter.example, safe='/')}"
        for parameter in parameters
        if parameter.place == "query" and parameter.required
    )
    address = f"{base}{path}?{query}" if query else f"{base}{path}"
    parts = [f"curl -X {method.upper()} '{address}'"]
    if needs_key:
        parts.append('-H "Authorization: Bearer $KEY"')
    if body and body.is_file:
        parts += [f"-H 'Content-Type: {body.media_type}'", f"--data-binary '@{body.example}'"]
    elif body:
        content = msgspec.json.format(body.example.encode(), indent=0).decode()
        parts += [f"-H 'Content-Type: {body.media_type}'", f"-d '{content}'"]
    return " \\\n  ".join(parts)
