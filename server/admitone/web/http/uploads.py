"""Uploaded files: the body of a call, or a file in a form.

A form with a file is read in turn: first its CSRF token, before the caller is known, and then the file. So
nobody who is not signed in makes the server keep more than a few bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from admitone.domain.errors import BodyTooLarge, NoPicture, invalid
from admitone.texts.message import message
from admitone.web.http.appkeys import ROUTE
from admitone.web.http.body import BODY_SECONDS, paced, read_body

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from typing import Any, TypeVar

    T = TypeVar("T")

FORM_TYPE = "multipart/form-data"
FILE_FIELD = "picture"
PICTURE_TYPES = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif", "application/octet-stream"})
"""Content types of uploads. The content decides what the picture is; the type only says that it is one."""
LONGEST_VALUE = 1000
"""Bytes of a field that is no file."""
CHUNK = 64 * 1024
"""Bytes of a file that are passed on at once."""
_UPLOAD = web.RequestKey("UPLOAD", MultipartReader)


async def read_picture(request: web.Request) -> bytes:
    """The body of a call, which is a picture; raises NoPicture before reading, and as `read_body`."""
    if request.content_type not in PICTURE_TYPES:
        raise NoPicture
    return await read_body(request)


async def first_field(request: web.Request, name: str) -> str:
    """The value of the form's first field if that is its name and it is no file, else an empty text.

    Raises Invalid, BodyTooSlow.
    """

    async def read() -> str:
        part = await _next_part(request)
        if part is None or part.name != name or part.filename is not None:
            return ""
        return (await part.read_chunk(LONGEST_VALUE)).decode()

    return await _whole(request, read())


async def posted_picture(request: web.Request) -> bytes:
    """The picture that was chosen in a form.

    Raises NoPicture, BodyTooLarge, BodyTooSlow; Invalid if none was chosen, or if the form cannot be read.
    """
    limit = request[ROUTE].limit.body
    if (request.content_length or 0) > limit:
        raise BodyTooLarge

    async def read() -> bytes:
        while (part := await _next_part(request)) is not None:
            if part.name == FILE_FIELD and part.filename:
                return await _content(part, limit)
        raise invalid(FILE_FIELD, message("Choose a picture first."))

    return await _whole(request, read())


async def read_posted_file(
    request: web.Request, field: str, take: Callable[[bytes], Awaitable[None]]
) -> str | None:
    """Pass the file that was chosen in a form's `field` on to `take` in parts, as it arrives.

    Returns the file's name, None if none was chosen. Raises BodyTooLarge, BodyTooSlow, what `take` raises;
    Invalid if the form cannot be read.
    """
    if (request.content_length or 0) > request[ROUTE].limit.body:
        raise BodyTooLarge

    async def read() -> str | None:
        while (part := await _next_part(request)) is not None:
            if part.name == field and part.filename:
                while chunk := await part.read_chunk(CHUNK):
                    await take(chunk)
                return part.filename
        return None

    return await _whole(request, read())


async def posted_fields(request: web.Request, field: str) -> tuple[dict[str, str], str | None, bytes]:
    """The fields of a form after its first one, and the name and content of the file in `field`, if any.

    All of it is held in memory. Raises BodyTooLarge, BodyTooSlow; Invalid if the form cannot be read.
    """
    limit = request[ROUTE].limit.body
    if (request.content_length or 0) > limit:
        raise BodyTooLarge

    async def read() -> tuple[dict[str, str], str | None, bytes]:
        fields: dict[str, str] = {}
        name, content = None, b""
        while (part := await _next_part(request)) is not None:
            value = await _bytes(request, part, limit)
            if part.filename is None:
                fields[part.name or ""] = value.decode()
            elif part.name == field and part.filename:
                name, content = part.filename, value
        return fields, name, content

    return await _whole(request, read())


async def _bytes(request: web.Request, part: BodyPartReader, limit: int) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk():
        data += chunk
        if request.content.total_bytes > limit:
            raise BodyTooLarge
    return bytes(data)


async def _content(part: BodyPartReader, limit: int) -> bytes:
    if part.headers.get("Content-Type", "").partition(";")[0].strip().lower() not in PICTURE_TYPES:
        raise NoPicture
    data = bytearray()
    while chunk := await part.read_chunk():
        data += chunk
        if len(data) > limit:
            raise BodyTooLarge
    return bytes(data)


async def _next_part(request: web.Request) -> BodyPartReader | None:
    if _UPLOAD not in request:
        if request.content_type != FORM_TYPE:
            return None
        request[_UPLOAD] = await request.multipart()
    part = await request[_UPLOAD].next()
    if isinstance(part, MultipartReader):
        raise ValueError("a form within a form")
    return part


async def _whole(request: web.Request, reading: Coroutine[Any, Any, T]) -> T:
    try:
        return await paced(request, reading, BODY_SECONDS)
    except (LookupError, ValueError, web.RequestPayloadError, HttpProcessingError):
        raise invalid("", message("The form cannot be read.")) from None
