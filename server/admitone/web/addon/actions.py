"""What each button of the add-on does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import Invalid, OneTimeNotOffered, Refusal, invalid
from admitone.domain.instant import Instant
from admitone.domain.links.link import BatchBody, LinkBody
from admitone.texts.message import message
from admitone.usecases.links.link_content import PageContentBody, page_content
from admitone.usecases.links.link_create import create_link, create_link_batch
from admitone.usecases.links.link_list import LinkQuery, list_links
from admitone.usecases.pages.page_list import SharedPage, list_shared_pages
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.times.availability import SlotQuery, list_slots
from admitone.usecases.times.slot_list import chosen_event_type, page_offer
from admitone.web.addon import answers
from admitone.web.addon.cards.compose import compose
from admitone.web.addon.cards.home import home
from admitone.web.addon.cards.inserted import inserted_card, inserted_words
from admitone.web.addon.cards.made import made
from admitone.web.addon.cards.settings import settings
from admitone.web.addon.cards.states import no_page
from admitone.web.addon.cards.times import FIELD, times
from admitone.web.addon.chosen import carried, content_of, event_type_of, is_one_time, link_body, read_choices
from admitone.web.addon.use import Choices, Use
from admitone.web.dashboard.links.link_rows import link_rows

if TYPE_CHECKING:
    from admitone.usecases.links.link_view import MadeLinkView
    from admitone.web.addon.answers import Answer
    from admitone.web.addon.widgets import Card

DAYS = 7
NEWEST = 5
Action = Callable[[Use], Awaitable["Answer"]]


async def open_home(use: Use) -> Answer:
    """The add-on was opened beside the inbox."""
    return answers.pushed(await _home(use))


async def open_compose(use: Use) -> Answer:
    """The add-on was opened beside a draft."""
    return answers.pushed(await _compose(use, Choices()))


async def show_home(use: Use) -> Answer:
    """Back to the first card."""
    return answers.updated(await _home(use))


async def show_compose(use: Use) -> Answer:
    """The card beside a draft, for the page that was chosen."""
    return answers.updated(await _compose(use, read_choices(use.event)))


async def show_settings(use: Use) -> Answer:
    """The account."""
    return answers.stacked(settings(use))


async def make(use: Use) -> Answer:
    """Make a one-time link outside a draft."""
    page = await _wanted_page(use, use.event.text("page"))
    if page is None:
        return answers.updated(no_page(use))
    link = await create_link(use.services, use.caller, LinkBody(page=page.id, channel="addon"))
    return answers.updated(made(use, link))


async def insert(use: Use) -> Answer:
    """Insert what the card beside a draft says."""
    return await _insert(use, read_choices(use.event), ())


async def show_times(use: Use) -> Answer:
    """The times of the page, a week at once."""
    return answers.updated(await _times(use, read_choices(use.event)))


async def insert_times(use: Use) -> Answer:
    """Insert the times that were ticked."""
    chosen = read_choices(use.event)
    starts = _ticked(use)
    if not starts:
        return answers.updated(await _times(use, chosen, message("Choose at least one time.")))
    return await _insert(use, chosen, starts)


ACTIONS: Mapping[str, Action] = {
    "home": show_home,
    "make": make,
    "compose": show_compose,
    "insert": insert,
    "times": show_times,
    "insert-times": insert_times,
    "settings": show_settings,
}
"""By the parameter `do` of buttons."""
INSERTING = frozenset({"insert", "insert-times"})
"""Actions that write into the draft, for which Google must have the user's consent."""


async def _home(use: Use) -> Card:
    pages = await list_shared_pages(use.services, use.caller)
    if not pages:
        return no_page(use)
    mine = LinkQuery(created_by=use.caller.user.id, limit=NEWEST)
    links = (await list_links(use.services, use.caller, mine)).items
    offered = [page for page in pages if page.one_time]
    return home(use, offered, await link_rows(use.caller, links), links[0].page if links else "")


async def _compose(use: Use, chosen: Choices, problem: str = "") -> Card:
    pages = await list_shared_pages(use.services, use.caller)
    page = _page(pages, chosen.page or await _latest_page(use))
    if page is None:
        return no_page(use)
    return compose(use, pages, page, chosen, problem)


async def _latest_page(use: Use) -> str:
    """The page of the user's newest link."""
    mine = LinkQuery(created_by=use.caller.user.id, limit=1)
    links = (await list_links(use.services, use.caller, mine)).items
    return links[0].page if links else ""


async def _insert(use: Use, chosen: Choices, starts: Sequence[Instant]) -> Answer:
    page = await _wanted_page(use, chosen.page)
    if page is None:
        return answers.updated(no_page(use))
    try:
        links, html, url = await _inserted(use, page, chosen, starts)
    except (Invalid, OneTimeNotOffered) as refusal:
        return answers.updated(await _compose(use, chosen, _words(refusal)))
    return answers.inserted(html, inserted_card(use, links, url), use.say(inserted_words(links)))


async def _inserted(
    use: Use, page: SharedPage, chosen: Choices, starts: Sequence[Instant]
) -> tuple[Sequence[MadeLinkView], str, str]:
    """The links that were made, what goes into the draft, and the address of a general link."""
    content = content_of(use, chosen, starts)
    if not is_one_time(page, chosen):
        general = PageContentBody(event_type=event_type_of(page, chosen), content=content)
        found = await page_content(use.services, use.caller, page.id, general)
        return [], found.html, found.url
    body = link_body(use, page, chosen, content)
    if isinstance(body, BatchBody):
        if starts:
            raise invalid("recipient", message("Times can be inserted for one person at a time."))
        batch = await create_link_batch(use.services, use.caller, body)
        return batch.items, batch.html, ""
    link = await create_link(use.services, use.caller, body)
    return [link], link.html, ""


async def _times(use: Use, chosen: Choices, problem: str = "") -> Card:
    page = await _wanted_page(use, chosen.page)
    target = await read_target(use.caller.snapshot, page.id) if page else None
    if page is None or target is None:
        return no_page(use)
    event_types = target.offered()
    if not event_types:
        return await _compose(
            use, chosen, message("This page has no event type yet. Add one, and it can be shared.")
        )
    named = event_type_of(page, chosen) or event_types[0].id
    event_type = chosen_event_type(event_types, named)
    chosen = msgspec.structs.replace(chosen, page=page.id, event_type=event_type.id)
    first = _first(use)
    last = first + timedelta(days=DAYS - 1)
    query = SlotQuery(first=first, last=last, timezone=use.clock.zone.key)
    found = await list_slots(use.services, use.caller.snapshot, page_offer(target, event_type), query)
    following = last + timedelta(days=1)
    title = page.title if len(event_types) == 1 else f"{page.title} · {event_type.name}"
    return times(use, title, found, first, following, carried(chosen), problem)


async def _wanted_page(use: Use, wanted: str) -> SharedPage | None:
    return _page(await list_shared_pages(use.services, use.caller), wanted)


def _page(pages: Sequence[SharedPage], wanted: str) -> SharedPage | None:
    """The page that is wanted, or else the first one that offers one-time links."""
    named = next((page for page in pages if page.id == wanted), None)
    return named or next((page for page in pages if page.one_time), pages[0] if pages else None)


def _first(use: Use) -> date:
    """The first day of the times that are shown: today, or that of the pressed button."""
    today = use.clock.date(use.services.now())
    try:
        return max(today, date.fromisoformat(use.event.parameter("first")))
    except ValueError:
        return today


def _ticked(use: Use) -> list[Instant]:
    fields = use.event.common_event_object.form_inputs or {}
    texts = [text for name in fields if name.startswith(FIELD) for text in use.event.given(name)]
    found = []
    for text in texts:
        try:
            found.append(Instant.parse(text))
        except ValueError:
            continue
    return sorted(set(found))


def _words(refusal: Refusal) -> str:
    return refusal.errors[0].message if isinstance(refusal, Invalid) and refusal.errors else refusal.detail
