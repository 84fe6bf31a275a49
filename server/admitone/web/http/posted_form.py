"""The posted form of a page, or of another program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import MultipartReader, web
from aiohttp.http_exceptions import HttpProcessingError
from multidict import MultiDict, MultiDictProxy

from admitone.domain.errors import invalid
from admitone.texts.message import message
from admitone.web.http.body import BODY_SECONDS, paced

if TYPE_CHECKING:
    from typing import Any

    from aiohttp import BodyPartReader

MULTIPART = "multipart/form-data"
FORMS = frozenset({MULTIPART, "application/x-www-form-urlencoded"})
"""How a form may be encoded that other programs send."""
CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252"})
"""Encodings of characters in which forms are read.

The sender names the encoding, and Python knows many: Punycode and IDNA keep the process busy for longer than
the rest of the request does, and what `unicode_escape` reads may be no text that can be written anywhere.
"""
MOST_FIELDS = 1000
_FORM: web.RequestKey[MultiDictProxy[Any]] = web.RequestKey("FORM", MultiDictProxy)


async def read_posted(request: web.Request) -> MultiDictProxy[str]:
    """The fields of a form without its files; empty if the body is not a form.

    Raises Invalid (incomplete, malformed, or not in one of CHARSETS), BodyTooSlow, HTTPRequestEntityTooLarge.
    """
    if _FORM not in request:
        request[_FORM] = await _read(request)
    return request[_FORM]


async def _read(request: web.Request) -> MultiDictProxy[Any]:
    reading = _parts(request) if request.content_type == MULTIPART else _pairs(request)
    try:
        if request.content.is_eof():
            return await reading
        return await paced(request, reading, BODY_SECONDS)
    # aiohttp raises RuntimeError for a form's field `_charset_` that is too long
    except (LookupError, ValueError, RuntimeError, web.RequestPayloadError, HttpProcessingError):
        raise invalid("", message("The form cannot be read.")) from None


async def _pairs(request: web.Request) -> MultiDictProxy[Any]:
    """The fields of a form that is no multipart. Raises ValueError."""
    _charset(request.charset)
    return await request.post()


async def _parts(request: web.Request) -> MultiDictProxy[str]:
    """The text fields of a multipart form. Raises ValueError, LookupError, RuntimeError."""
    fields: MultiDict[str] = MultiDict()
    form = await request.multipart()
    while (part := await form.next()) is not None:
        if isinstance(part, MultipartReader) or part.name is None:
            raise ValueError("a form within a form, or a field without a name")
        if len(fields) == MOST_FIELDS:
            raise web.HTTPRequestEntityTooLarge(request.client_max_size)
        text = await _text(request, part)
        if text is not None:
            fields.add(part.name, text)
    return MultiDictProxy(fields)


async def _text(request: web.Request, part: BodyPartReader) -> str | None:
    """The value of a field, None of a file. An encoding for transfer is not undone (RFC 7578, 4.7)."""
    charset = _charset(part.get_charset("utf-8"))
    is_text = part.filename is None and part.headers.get("Content-Type", "text/").startswith("text/")
    value = bytearray()
    while chunk := await part.read_chunk():
        if request.content.total_bytes > request.client_max_size:
            raise web.HTTPRequestEntityTooLarge(request.client_max_size)
        if is_text:
            value += chunk
    return value.decode(charset) if is_text else None


def _charset(name: str | None) -> str:
    found = (name or "utf-8").lower()
    if found not in CHARSETS:
        raise ValueError("an encoding of characters in which forms are not read")
    return found
