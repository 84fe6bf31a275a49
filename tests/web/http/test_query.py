"""Queries, read strictly over real HTTP."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid
from admitone.domain.instant import Instant
from admitone.web.http import body
from tests.support.web.clients import client_of, open_route

if TYPE_CHECKING:
    from aiohttp import web


class Page(msgspec.Struct, forbid_unknown_fields=True):
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50
    cursor: str | None = None
    first: date | None = msgspec.field(name="from", default=None)
    at: Instant | None = None
    one_time: bool | None = None


async def page(request: web.Request) -> web.Response:
    return body.respond_json(body.query(request, Page))


async def get(query: str) -> tuple[int, Any]:
    async with (
        client_of(open_route("GET", "/api/v1/pages", page)) as client,
        client.get("/api/v1/pages" + query) as answer,
    ):
        return answer.status, await answer.json(content_type=None)


async def test_a_query_comes_in_as_its_type() -> None:
    assert await get("") == (200, {"limit": 50, "cursor": None, "from": None, "at": None, "one_time": None})
    _, answer = await get("?limit=7&cursor=a%20b+c&from=2026-11-23&at=2026-11-23T15:00:00Z&one_time=true")
    assert answer == {
        "limit": 7,
        "cursor": "a b c",
        "from": "2026-11-23",
        "at": "2026-11-23T15:00:00Z",
        "one_time": True,
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?limt=5", "limt"),
        ("?limit=5&limit=6", "limit"),
        ("?limit=", "limit"),
        ("?limit=0", "limit"),
        ("?limit=201", "limit"),
        ("?limit=five", "limit"),
        ("?from=2026-02-30", "from"),
        ("?from=20260101", "from"),
        ("?at=1795435200", "at"),
        ("?one_time=perhaps", "one_time"),
    ],
)
async def test_a_query_that_does_not_fit_is_invalid(query: str, field: str) -> None:
    status, problem = await get(query)
    assert (status, problem["type"]) == (422, "/problems/invalid")
    assert [error["field"] for error in problem["errors"]] == [field]


@given(st.dictionaries(st.text(), st.text(), max_size=3))
def test_any_text_in_a_query_fits_or_is_invalid(parameters: dict[str, str]) -> None:
    try:
        found = convert(parameters, Page, strict=False)
    except Invalid as refusal:
        told = refusal.errors[0]
    else:
        assert 1 <= found.limit <= 200
        assert parameters.keys() <= {"limit", "cursor", "from", "at", "one_time"}
        return
    assert told.field in {"", *parameters}
