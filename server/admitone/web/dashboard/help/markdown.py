"""Our documents as HTML: CommonMark with tables. They are written by us, and HTML in them stays text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from markdown_it import MarkdownIt
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.token import Token

_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")


class Document(msgspec.Struct, frozen=True):
    """A document: the text of its first heading, and what follows it as HTML."""

    title: str
    body: Markup


def render(text: str, address: Callable[[str], str | None]) -> Document:
    """The document; `address` says where a link leads, None if only its text is kept."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    heading = tokens[1].content
    shown = [*_in_boxes(tokens[3:])]
    for place, token in enumerate(shown):
        if token.type == "heading_open":
            token.attrSet("id", anchor(shown[place + 1].content))
        if token.children:
            token.children = [*_linked(token.children, address)]
    return Document(heading, Markup(reader.renderer.render(shown, reader.options, {})))  # noqa: S704 - ours


def anchor(heading: str) -> str:
    """The anchor of a heading, as links in documents name it: `Logo and photo` is `logo-and-photo`."""
    return _NOT_IN_ANCHORS.sub("", heading.lower()).replace(" ", "-")


def _in_boxes(tokens: Sequence[Token]) -> Iterator[Token]:
    """Tables and code are boxes that scroll sideways, by the keyboard too; an empty corner is no header."""
    for place, token in enumerate(tokens):
        if token.type in {"table_open", "fence"}:
            token.attrSet("tabindex", "0")
        if token.type == "th_open" and not tokens[place + 1].content:
            token.tag = tokens[place + 2].tag = "td"
        yield token


def _linked(tokens: Sequence[Token], address: Callable[[str], str | None]) -> Iterator[Token]:
    """The tokens with their links led to where the documents are shown; links to other files are left out."""
    is_open = True
    for token in tokens:
        if token.type == "link_open":
            target = address(str(token.attrGet("href")))
            is_open = target is not None
            if target is not None:
                token.attrSet("href", target)
        if token.type not in {"link_open", "link_close"} or is_open:
            yield token
