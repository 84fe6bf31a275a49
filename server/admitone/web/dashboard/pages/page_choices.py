"""The workspace's booking pages as the forms of pools and master pages list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.texts.message import message
from admitone.usecases.accounts.users import user_names
from admitone.usecases.pages.booking_pages import all_booking_pages
from admitone.web.dashboard.room import FORMER_USER
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.locale import reader_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from admitone.texts.translator import Translator


class PageChoice(msgspec.Struct, frozen=True):
    """A booking page with its host, as the reader is told; `priority` is the text in the form of a pool."""

    page: str
    title: str
    host: str
    priority: str = ""


async def page_choices(request: web.Request) -> list[PageChoice]:
    """Every booking page, sorted by title and host."""
    caller, texts = request[CALLER], _texts(request)
    pages = await all_booking_pages(request.app[SERVICES], caller)
    names = await user_names(caller, [page.owner for page in pages])
    found = [
        PageChoice(
            page.id,
            page.title if page.enabled else texts.say(message("%(page)s (off)", page=page.title)),
            names.get(page.owner) or texts.say(FORMER_USER),
        )
        for page in pages
    ]
    return sorted(found, key=lambda choice: (choice.title.casefold(), choice.host.casefold()))


def chosen_rows(
    request: web.Request, choices: Sequence[PageChoice], chosen: Sequence[tuple[str, str]]
) -> tuple[list[PageChoice], list[PageChoice]]:
    """The `chosen` pages, given as pairs of id and priority, in their order; and the other pages."""
    known = {choice.page: choice for choice in choices}
    deleted = _texts(request).say(message("A page that was deleted"))
    rows = [
        msgspec.structs.replace(known.get(page, PageChoice(page, deleted, "")), priority=priority)
        for page, priority in chosen
    ]
    taken = {page for page, _ in chosen}
    return rows, [choice for choice in choices if choice.page not in taken]


def _texts(request: web.Request) -> Translator:
    return reader_of(request, part="dashboard").texts
