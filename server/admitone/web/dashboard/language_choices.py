"""The languages of customers' pages to choose from, each by its own name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale

from admitone.domain.pages.language import LANGUAGES
from admitone.texts.message import message
from admitone.web.http.appkeys import CALLER
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from aiohttp import web


def language_choices(request: web.Request, workspace: str | None = None) -> list[tuple[str, str]]:
    """The languages by tag, and first what holds without a choice: the `workspace`'s, or the browser's."""
    default = (
        message("The workspace’s language: %(language)s", language=language_name(workspace))
        if workspace
        else message("The language of the customer’s browser")
    )
    said = reader_of(request, part="dashboard").texts.say(default)
    return [("", said), *((tag, language_name(tag)) for tag in LANGUAGES)]


async def page_languages(request: web.Request) -> list[tuple[str, str]]:
    """The languages that a page can have, and first that of the workspace."""
    return language_choices(request, (await request[CALLER].snapshot.settings()).locale)


async def page_language(request: web.Request, locale: str | None) -> str:
    """The language of a page as `page_languages` names it."""
    return dict(await page_languages(request)).get(locale or "") or said_language(locale or "")


def language_name(tag: str) -> str:
    """The name of a language of ours in that language, such as `Deutsch`, as it begins a line."""
    name = Locale.parse(tag, sep="-").display_name or tag
    return name[0].upper() + name[1:]


def said_language(tag: str) -> str:
    """The name of a language of ours; any other tag as it is."""
    return language_name(tag) if tag in LANGUAGES else tag
