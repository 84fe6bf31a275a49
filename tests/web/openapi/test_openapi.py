"""The API's description is made of what serves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.web.openapi.document import describe
from admitone.web.openapi.operation import api_call
from admitone.web.routes import ROUTES

if TYPE_CHECKING:
    from admitone.web.http.route import Route

API = [route for route in ROUTES if route.path.startswith("/api/v1/")]
DOCUMENT = describe(ROUTES, "https://book.example")


@pytest.mark.parametrize("route", API, ids=lambda route: f"{route.method} {route.path}")
def test_every_call_of_the_api_is_described(route: Route) -> None:
    assert api_call(route.handler) is not None
    operation = DOCUMENT["paths"][route.path][route.method.lower()]
    assert operation["summary"]
    assert set(operation["responses"]) > {"default"}


def test_nothing_else_is_described() -> None:
    described = {(method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert described == {(route.method, route.path) for route in API}


def test_every_reference_leads_somewhere() -> None:
    def references(part: object) -> set[str]:
        if isinstance(part, dict):
            own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
            return own.union(*(references(value) for value in part.values()))
        return set().union(*(references(value) for value in part)) if isinstance(part, list) else set()

    schemas = DOCUMENT["components"]["schemas"]
    found = references(DOCUMENT)
    assert found
    assert {reference.removeprefix("#/components/schemas/") for reference in found} <= set(schemas)


def answer_of(route: Route, status: str) -> dict[str, Any]:
    """The properties of what a call answers, by name."""
    operation = DOCUMENT["paths"][route.path][route.method.lower()]
    content = operation["responses"].get(status, {}).get("content", {})
    reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    found: dict[str, Any] = DOCUMENT["components"]["schemas"].get(reference.rpartition("/")[2], {})
    properties: dict[str, Any] = found.get("properties", {})
    return properties


def test_every_list_says_whether_it_goes_on() -> None:
    lists = [route for route in API if route.method == "GET" and "items" in answer_of(route, "200")]
    assert len(lists) > 10
    assert [route.path for route in lists if "next_cursor" not in answer_of(route, "200")] == []


def test_whatever_creates_takes_an_idempotency_key() -> None:
    operations = [DOCUMENT["paths"][route.path]["post"] for route in API if route.method == "POST"]
    creating = [operation for operation in operations if "201" in operation["responses"]]
    assert len(creating) > 8
    for operation in creating:
        assert "Idempotency-Key" in [parameter["name"] for parameter in operation["parameters"]], operation


def test_times_are_texts_and_not_numbers() -> None:
    start = DOCUMENT["components"]["schemas"]["CustomerBooking"]["properties"]["start"]
    assert start["type"] == "string"
    assert start["format"] == "date-time"
