"""JSON of requests and answers: bodies are strictly converted to types, times are written as text."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec
from aiohttp import web

from admitone.cancelling import cancelled
from admitone.domain.documents import convert, decoder_of, encode_value, explain, refuse_unless_strict
from admitone.domain.errors import BodyTooLarge, BodyTooSlow, Invalid, UnsupportedMediaType, invalid
from admitone.texts.message import message
from admitone.web.http.appkeys import BODY, ROUTE

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping

T = TypeVar("T")

JSON = "application/json"
BODY_SECONDS = 10.0
"""For each body, besides the time that its bytes have at the pace below."""
BODY_PACE = 4096
"""Bytes a second: a connection that trickles is held no longer."""


async def read_json(request: web.Request, shape: type[T]) -> T:
    """The request's body as `shape`, whose structs must forbid unknown fields.

    Raises:
        UnsupportedMediaType: the content type is not JSON, or not in UTF-8; found before reading.
        BodyTooLarge: more bytes than the route's limit.
        BodyTooSlow: not received at the pace that `paced` allows.
        Invalid: no JSON, or not of this shape; fields are paths such as `people.3.email`.
    """
    refuse_unless_strict(shape)
    _refuse_unless_json(request)
    body = await read_body(request)
    decoder: msgspec.json.Decoder[T] = decoder_of(cast("Any", shape))
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise Invalid(explain(error, shape)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise invalid("", message("The body is not valid JSON in UTF-8.")) from None


async def read_json_or(request: web.Request, default: T) -> T:
    """As `read_json`; returns `default` if the request has no body."""
    return await read_json(request, type(default)) if request.body_exists else default


async def refuse_fields(request: web.Request) -> None:
    """For calls that take no body: raise as `read_json`, unless the body is missing or an empty object."""
    await read_json_or(request, _Nothing())


async def read_body(request: web.Request) -> bytes:
    """The body's bytes, which are read once; raises BodyTooLarge, BodyTooSlow, Invalid."""
    if BODY not in request:
        request[BODY] = await _read(request, request[ROUTE].limit.body)
    return request[BODY]


async def read_patch(request: web.Request) -> dict[str, Any]:
    """The body of a PATCH, for `merge_patch`; an object, since anything else would replace the record."""
    return await read_json(request, dict[str, Any])


def query(request: web.Request, shape: type[T]) -> T:
    """The query string as `shape`, a struct of numbers, texts, booleans, dates and instants.

    Raises:
        Invalid: an unknown parameter, one given twice, or a value that does not fit.
    """
    given = request.query
    for name in given:
        if len(given.getall(name)) > 1:
            raise invalid(name, message("Give this parameter once."))
    return convert(dict(given), shape, strict=False)


def respond_json(data: object, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """An answer in JSON. Times are `Instant`s."""
    known = {"Content-Type": JSON, **headers} if headers else {"Content-Type": JSON}
    return web.Response(body=_encoder.encode(data), status=status, headers=known)


def json_text(data: object) -> str:
    """The JSON of an answer, on one line."""
    return _encoder.encode(data).decode()


def respond_created(data: object, location: str) -> web.Response:
    """201; `location` is the path of what was made (RFC 9110, 10.2.2)."""
    return respond_json(data, 201, {"Location": location})


def no_content(status: int = 204) -> web.Response:
    """An answer without a body."""
    return web.Response(status=status)


def _refuse_unless_json(request: web.Request) -> None:
    if request.headers.get("Content-Type") == JSON:  # from nearly everybody: there is nothing to parse
        return
    kind = request.content_type
    is_json = kind == JSON or (kind.startswith("application/") and kind.endswith("+json"))
    if not is_json or (request.charset or "utf-8").lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise UnsupportedMediaType


async def _read(request: web.Request, limit: int) -> bytes:
    if (request.content_length or 0) > limit:
        raise BodyTooLarge
    try:
        if request.content.is_eof():  # all of it came with the head
            body = request.content.read_nowait()
        else:
            body = await paced(request, _receive(request, limit), BODY_SECONDS)
    except web.RequestPayloadError:
        raise invalid("", message("The body does not decode as its headers say.")) from None
    if len(body) > limit:
        raise BodyTooLarge
    return body


async def _receive(request: web.Request, limit: int) -> bytes:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > limit:
            break
    return bytes(body)


async def paced(request: web.Request, reading: Coroutine[Any, Any, T], seconds: float) -> T:
    """The result of `reading` the request's body, whose errors pass through.

    Raises BodyTooSlow if the body takes more than `seconds` and the time of its bytes so far at `BODY_PACE`.
    """
    clock = asyncio.get_running_loop().time
    began = clock()
    task = asyncio.create_task(reading)
    try:
        while not task.done():
            left = began + seconds + request.content.total_bytes / BODY_PACE - clock()
            if left <= 0:
                raise BodyTooSlow
            await asyncio.wait([task], timeout=left)
        return task.result()
    finally:
        await cancelled(task)  # aiohttp reads the rest of the body: it allows one reader at a time


class _Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An object without fields."""


_encoder = msgspec.json.Encoder(enc_hook=encode_value)
