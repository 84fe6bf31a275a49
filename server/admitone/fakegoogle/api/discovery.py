"""The APIs as Google publishes them: the discovery documents that google-api-python-client carries.

Routes, parameters, scopes and schemas are read from these documents, so that the stand-in cannot be more
lenient than they are.
"""

from __future__ import annotations

import importlib.resources
import re
from functools import cache
from typing import Any
from urllib.parse import unquote

import msgspec

Schema = dict[str, Any]


class Parameter(msgspec.Struct, frozen=True):
    """One path or query parameter; `minimum` and `maximum` are inclusive."""

    name: str
    location: str
    type: str
    format: str | None
    enum: tuple[str, ...]
    minimum: int | None
    maximum: int | None
    repeated: bool
    default: str | None


class Method(msgspec.Struct, frozen=True):
    """One method; `id` is Google's (`calendar.events.insert`), `scopes` are alternatives."""

    id: str
    verb: str
    pattern: re.Pattern[str]
    upload_pattern: re.Pattern[str] | None
    parameters: dict[str, Parameter]
    scopes: frozenset[str]
    request: str | None
    response: str | None


class Api(msgspec.Struct, frozen=True):
    """One API: its methods by id, its schemas by name, and its scopes with Google's description of each."""

    name: str
    methods: dict[str, Method]
    schemas: dict[str, Schema]
    scopes: dict[str, str]


class Match(msgspec.Struct, frozen=True):
    """The method for a request, with the parameters in the path, percent-decoded."""

    api: Api
    method: Method
    path_values: dict[str, str]
    is_upload: bool


@cache
def calendar() -> Api:
    """Calendar v3."""
    return _load("calendar.v3")


@cache
def gmail() -> Api:
    """Gmail v1."""
    return _load("gmail.v1")


@cache
def chat_cards() -> Api:
    """Chat v1, whose schemas `GoogleAppsCardV1…` are also those of the cards of add-ons."""
    return _load("chat.v1")


@cache
def known_scopes() -> dict[str, str]:
    """Every scope that a client may ask for, with Google's description of it."""
    return {**_load("oauth2.v2").scopes, **calendar().scopes, **gmail().scopes}


def find(verb: str, raw_path: str) -> Match | None:
    """The method for `verb` and `raw_path` (still percent-encoded), or None if no API has it."""
    for api in (calendar(), gmail()):
        for method in api.methods.values():
            if method.verb != verb:
                continue
            for pattern, is_upload in ((method.pattern, False), (method.upload_pattern, True)):
                if pattern is not None and (found := pattern.fullmatch(raw_path)):
                    values = {name: unquote(value) for name, value in found.groupdict().items()}
                    return Match(api=api, method=method, path_values=values, is_upload=is_upload)
    return None


def _load(name: str) -> Api:
    documents = importlib.resources.files("googleapiclient").joinpath("discovery_cache", "documents")
    document = msgspec.json.decode(documents.joinpath(f"{name}.json").read_bytes())
    methods = {method["id"]: _method(document, method) for method in _methods(document)}
    scopes = {scope: entry["description"] for scope, entry in document["auth"]["oauth2"]["scopes"].items()}
    return Api(name=document["name"], methods=methods, schemas=document["schemas"], scopes=scopes)


def _methods(resource: dict[str, Any]) -> list[dict[str, Any]]:
    found = list(resource.get("methods", {}).values())
    for child in resource.get("resources", {}).values():
        found.extend(_methods(child))
    return found


def _method(document: dict[str, Any], method: dict[str, Any]) -> Method:
    upload = method.get("mediaUpload", {}).get("protocols", {}).get("simple", {}).get("path")
    described = {**document["parameters"], **method.get("parameters", {})}
    return Method(
        id=method["id"],
        verb=method["httpMethod"],
        pattern=_pattern("/" + document["servicePath"] + method["path"]),
        upload_pattern=_pattern(upload) if upload else None,
        parameters={name: _parameter(name, one) for name, one in described.items()},
        scopes=frozenset(method.get("scopes", ())),
        request=method.get("request", {}).get("$ref"),
        response=method.get("response", {}).get("$ref"),
    )


def _parameter(name: str, described: dict[str, Any]) -> Parameter:
    return Parameter(
        name=name,
        location=described["location"],
        type=described["type"],
        format=described.get("format"),
        enum=tuple(described.get("enum", ())),
        minimum=int(described["minimum"]) if "minimum" in described else None,
        maximum=int(described["maximum"]) if "maximum" in described else None,
        repeated=described.get("repeated", False),
        default=described.get("default"),
    )


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template)))
