"""What a caller wants to insert into a message for a link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from admitone.domain.errors import FieldError
from admitone.domain.instant import Instant
from admitone.domain.text import line_problems, text_problems
from admitone.texts.message import message

Style = Literal["link", "sentence", "times", "card"]
MOST_STARTS = 40
MOST_SNIPPET = 500
NAME = "{name}"
"""What a snippet has where the name of the person goes; that of nobody is left out."""


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How `html` and `text` of a link are written.

    `link` is the page's title as a link, `sentence` a line that invites to choose a time, `times` a line for
    each of `starts`, `card` a box with the title and a button for each of `starts`. Times are those of
    `timezone`, by default the page's. `locale` is the recipient's (a BCP 47 tag), by default the page's
    language. `snippet` comes first; `{name}` in it is the name of the link's person. `label` replaces the
    page's title as the text of the link.
    """

    style: Style = "link"
    starts: Annotated[Sequence[Instant], Meta(max_length=MOST_STARTS)] = ()
    timezone: str | None = None
    locale: Annotated[str, Meta(pattern="^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,6}$")] | None = None
    snippet: str = ""
    label: str = ""


def content_problems(content: Content) -> list[FieldError]:
    """The errors in what was typed; the zone is checked elsewhere (usecases/times/availability.py)."""
    problems = text_problems("content.snippet", content.snippet, most=MOST_SNIPPET)
    problems += line_problems("content.label", content.label, empty=True)
    if content.style == "times" and not content.starts:
        problems.append(FieldError("content.starts", message("Choose at least one time.")))
    return problems
