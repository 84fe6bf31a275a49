"""The link or page that the address of a customer's page names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.errors import LinkNotFound
from admitone.domain.pages.page import slug_problem

if TYPE_CHECKING:
    from aiohttp import web


def visit_address(request: web.Request) -> str:
    """A dot and the normalised code, or the slug; raises LinkNotFound if the path has neither."""
    if "slug" in request.match_info:
        slug = request.match_info["slug"]
        if slug_problem(slug):
            raise LinkNotFound
        return slug
    code = tokens.normalise(request.match_info["code"], tokens.CODE_LENGTH)
    if code is None:
        raise LinkNotFound
    return f".{code}"


def form_name(address: str) -> str:
    """The name of a visit's form, which its nonce is bound to."""
    return f"book:{address}"
