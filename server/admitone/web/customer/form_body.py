"""The posted form of a customer's page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from admitone.domain.errors import UnsupportedMediaType, invalid
from admitone.texts.message import message
from admitone.web.http.body import read_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

FIELDS = 100
"""Fields in a form at most."""


async def read_form(request: web.Request) -> Mapping[str, str]:
    """The fields of a form, the last of each name; a line break is one character.

    Raises UnsupportedMediaType, BodyTooLarge, BodyTooSlow, Invalid.
    """
    if request.content_type != "application/x-www-form-urlencoded":
        raise UnsupportedMediaType(message("Send the form that the page has."))
    text = (await read_body(request)).decode("utf-8", "replace")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS, errors="replace")
    except ValueError:
        raise invalid("", message("The form has too many fields.")) from None
    return {name: value.replace("\r\n", "\n") for name, value in pairs}
