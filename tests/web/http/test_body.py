"""Bodies, read strictly over real HTTP."""

from __future__ import annotations

import asyncio
import gzip
import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.documents import convert, explain, refuse_unless_strict
from admitone.domain.errors import Invalid
from admitone.domain.instant import Instant
from admitone.web.http import body
from tests.support.web.clients import client_of, open_route

if TYPE_CHECKING:
    from aiohttp import web


class Person(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    age: Annotated[int, msgspec.Meta(ge=0)] = 0


class Train(msgspec.Struct, forbid_unknown_fields=True, tag_field="by", tag="train"):
    class_: Literal[1, 2] = msgspec.field(name="class", default=2)


class Car(msgspec.Struct, forbid_unknown_fields=True, tag_field="by", tag="car"):
    seats: Annotated[list[Literal["front", "back"]], msgspec.Meta(min_length=1, max_length=4)] = (
        msgspec.field(default_factory=lambda: ["front"])
    )


class Party(msgspec.Struct, forbid_unknown_fields=True):
    people: list[Person]
    day: date | None = None
    theme: Literal["light", "dark"] | None = None
    way: Train | Car | None = None
    line: Annotated[str, msgspec.Meta(max_length=3)] = ""
    hours: tuple[str, str] = ("09:00", "17:00")
    rooms: dict[str, Literal["small", "large"]] = {}
    start: Instant | None = None
    weekly: dict[str, list[int]] = {}


class Lenient(msgspec.Struct):
    name: str


async def party(request: web.Request) -> web.Response:
    return body.respond_json(await body.read_json(request, Party), status=201)


async def patch(request: web.Request) -> web.Response:
    return body.respond_json(await body.read_patch(request))


async def post(data: bytes, **headers: str) -> tuple[int, Any]:
    """Status and answer of a body sent to a route that takes a Party of up to 1,000 bytes."""
    sent = {"Content-Type": "application/json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    async with (
        client_of(open_route("POST", "/api/v1/party", party)) as client,
        client.post("/api/v1/party", data=data, headers=sent, skip_auto_headers=["Content-Type"]) as answer,
    ):
        return answer.status, await answer.json(content_type=None)


async def errors(document: object) -> list[tuple[str, str]]:
    status, problem = await post(json.dumps(document).encode())
    assert (status, problem["type"]) == (422, "/problems/invalid")
    return [(error["field"], error["message"]) for error in problem["errors"]]


async def test_a_body_comes_in_as_its_type_and_goes_out_as_text() -> None:
    status, answer = await post(b'{"people": [{"email": "a@b.test"}], "start": "2026-11-23T16:00:00+01:00"}')
    assert status == 201
    assert answer["people"] == [{"email": "a@b.test", "age": 0}]
    assert answer["start"] == "2026-11-23T15:00:00Z"


async def test_an_error_is_told_with_its_path_and_in_words() -> None:
    assert await errors({}) == [("people", "This field is required.")]
    assert await errors({"people": [{"email": "a"}, {}]}) == [("people.1.email", "This field is required.")]
    assert await errors({"people": [{"email": "a", "mail": "b"}]}) == [
        ("people.0.mail", "There is no field of this name.")
    ]
    assert await errors({"people": [], "poeple": []}) == [("poeple", "There is no field of this name.")]
    assert await errors({"people": [{"email": 5}]}) == [("people.0.email", "This must be text.")]
    assert await errors({"people": None}) == [("people", "This must be a list.")]
    assert await errors({"people": [{"email": "a", "age": -1}]}) == [
        ("people.0.age", "This must be a whole number of at least 0.")
    ]
    assert await errors({"people": [], "start": "tomorrow"}) == [
        ("start", "Give a time such as 2026-11-23T15:00:00Z.")
    ]
    assert await errors({"people": [], "start": 5}) == [
        ("start", "Give a time such as 2026-11-23T15:00:00Z.")
    ]
    assert await errors([]) == [("", "This must be an object.")]


@pytest.mark.parametrize(
    ("document", "field", "message"),
    [
        ({"theme": "pink"}, "theme", "This must be one of dark, light."),
        ({"theme": 5}, "theme", "This must be text or null."),
        ({"way": {"by": "boat"}}, "way.by", "This must be one of train, car."),
        ({"way": {}}, "way.by", "This field is required."),
        ({"way": {"by": "train", "class": 3}}, "way.class", "This must be one of 1, 2."),
        (
            {"way": {"by": "car", "seats": ["back", "roof"]}},
            "way.seats.1",
            "This must be one of back, front.",
        ),
        ({"way": {"by": "car", "seats": []}}, "way.seats", "This must be a list of at least 1."),
        ({"way": {"by": "car", "seats": ["back"] * 5}}, "way.seats", "This must be a list of at most 4."),
        ({"day": "2026-02-30"}, "day", "This must be a date such as 2026-11-23."),
        ({"day": 5}, "day", "This must be a date such as 2026-11-23 or null."),
        ({"line": "long"}, "line", "This must be text of at most 3 characters."),
        ({"hours": ["09:00"]}, "hours", "This must be a list of 2."),
        ({"rooms": {"a": "huge"}}, "rooms", "This must be one of the values that are possible here."),
    ],
    ids=str,
)
async def test_a_value_that_is_none_of_those_possible_names_them(
    document: dict[str, Any], field: str, message: str
) -> None:
    assert await errors({"people": []} | document) == [(field, message)]


async def test_an_error_under_a_key_that_is_free_is_told_at_the_object() -> None:
    assert await errors({"people": [], "weekly": {"mon": ["x"]}}) == [
        ("weekly", "This must be a whole number.")
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"people",
        b'{"people": []} x',
        b'{"people": NaN}',
        b'{"people": [{"email": "\xff"}]}',
        b'{"people": [{"email": "\\ud800"}]}',
        b'\xef\xbb\xbf{"people": []}',
        '{"people": []}'.encode("utf-16"),
    ],
)
async def test_what_is_no_json_in_utf_8_is_invalid(data: bytes) -> None:
    status, problem = await post(data)
    assert status == 422
    assert problem["errors"] == [{"field": "", "message": "The body is not valid JSON in UTF-8."}]


async def test_json_that_is_nested_too_deeply_is_invalid() -> None:
    async with (
        client_of(open_route("PATCH", "/api/v1/x", patch, body=10**6)) as client,
        client.patch(
            "/api/v1/x", data=b'{"a":' * 100_000, headers={"Content-Type": "application/json"}
        ) as answer,
    ):
        assert answer.status == 422


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonx",
        "text/json",
        "application/json; charset=utf-16",
    ],
)
async def test_a_body_of_another_content_type_is_415_before_it_is_read(kind: str) -> None:
    status, problem = await post(b"x" * 5000, Content_Type=kind)
    assert (status, problem["type"]) == (415, "/problems/unsupported-media-type")


@pytest.mark.parametrize(
    "kind", ["application/json; charset=UTF-8", "Application/JSON", "application/merge-patch+json"]
)
async def test_json_has_several_names(kind: str) -> None:
    status, _ = await post(b'{"people": []}', Content_Type=kind)
    assert status == 201


async def test_a_body_at_the_limit_is_read_and_one_over_it_is_413() -> None:
    fits = b'{"people": []}'.ljust(1000)
    assert (await post(fits))[0] == 201
    status, problem = await post(fits + b" ")
    assert (status, problem["type"]) == (413, "/problems/body-too-large")


async def test_the_limit_holds_for_a_body_of_unknown_length() -> None:
    async def endless() -> Any:
        for _ in range(20):
            yield b" " * 100

    async with (
        client_of(open_route("POST", "/api/v1/party", party)) as client,
        client.post("/api/v1/party", data=endless(), headers={"Content-Type": "application/json"}) as answer,
    ):
        assert answer.status == 413


async def test_the_limit_counts_what_comes_out_of_compression() -> None:
    small = gzip.compress(b'{"people": []}')
    assert (await post(small, Content_Encoding="gzip"))[0] == 201
    bomb = gzip.compress(b" " * 500_000)
    assert len(bomb) < 1000
    assert (await post(bomb, Content_Encoding="gzip"))[0] == 413


async def test_a_body_that_does_not_decompress_is_invalid() -> None:
    status, problem = await post(b"no gzip", Content_Encoding="gzip")
    assert (status, problem["type"]) == (422, "/problems/invalid")


async def test_a_body_that_does_not_arrive_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "BODY_SECONDS", 0.05)
    async with client_of(open_route("POST", "/api/v1/party", party)) as client:
        reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
        writer.write(b"POST /api/v1/party HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n")
        writer.write(b"Content-Length: 100\r\n\r\n{")
        assert (await reader.readline()).startswith(b"HTTP/1.1 408 ")
        writer.close()


async def test_a_patch_is_an_object() -> None:
    async with client_of(open_route("PATCH", "/api/v1/x", patch)) as client:
        async with client.patch("/api/v1/x", json={"a": None, "b": {"c": [1]}}) as answer:
            assert await answer.json() == {"a": None, "b": {"c": [1]}}
        async with client.patch("/api/v1/x", json=[1]) as answer:
            assert answer.status == 422


def test_a_document_is_converted_as_strictly_as_a_body() -> None:
    assert convert({"people": [], "start": "1970-01-01T00:01:00Z"}, Party).start == 60
    with pytest.raises(Invalid) as caught:
        convert({"people": [{"email": "a", "age": "5"}]}, Party)
    assert caught.value.errors[0].field == "people.0.age"


@pytest.mark.parametrize("shape", [Lenient, list[Lenient], dict[str, Lenient], Lenient | None])
def test_a_shape_that_would_ignore_unknown_fields_fails_loudly(shape: Any) -> None:
    with pytest.raises(TypeError, match="Lenient must be declared with forbid_unknown_fields"):
        refuse_unless_strict(shape)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_document_fits_or_is_explained(document: Any) -> None:
    try:
        msgspec.convert(document, Party)
    except msgspec.ValidationError as error:
        told = explain(error, Party)
    else:
        return
    assert told.message.endswith(".")
