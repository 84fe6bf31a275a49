"""The posted form of a page of the dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from admitone.domain.errors import invalid
from admitone.texts.message import message
from admitone.web.http.body import BODY_SECONDS, paced

if TYPE_CHECKING:
    from multidict import MultiDictProxy

FORMS = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})
"""How a form may be encoded that other programs send."""


async def read_posted(request: web.Request) -> MultiDictProxy[str | bytes | bytearray | web.FileField]:
    """The fields of a form; empty if the body is not a form.

    Raises Invalid (incomplete or malformed), BodyTooSlow, HTTPRequestEntityTooLarge.
    """
    try:
        if request.content.is_eof():
            return await request.post()
        return await paced(request, request.post(), BODY_SECONDS)
    except (LookupError, ValueError, web.RequestPayloadError, HttpProcessingError):
        raise invalid("", message("The form cannot be read.")) from None
