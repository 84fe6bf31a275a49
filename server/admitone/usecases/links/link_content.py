"""What is inserted into messages for links: the same for the API, the extension and the add-on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.zones import zone
from admitone.domain.date_text import DateText
from admitone.domain.errors import Invalid, NotFound, invalid
from admitone.domain.links.content import Content, content_problems
from admitone.domain.links.inserted import Inserted, Offered, inserted
from admitone.domain.pages.accent import LIGHT, OUR_ACCENT, shades
from admitone.domain.pages.language import fixed_language
from admitone.domain.people.reader import reader_for
from admitone.domain.people.time_zone import zone_problems
from admitone.texts.message import message
from admitone.usecases.links.link_view import link_url
from admitone.usecases.pages.target_read import read_target

if TYPE_CHECKING:
    from admitone.domain.links.target import Target
    from admitone.domain.people.user import Settings
    from admitone.usecases.shared.services import Caller, Services

PLAIN = Content()


SAMPLE = "…"
"""Stands in for the code of a one-time link: no code has this character, so the address leads nowhere."""


class PageContentBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes to insert a page's general link.

    With `sample`, the answer shows how a one-time link would look. Its address leads nowhere, and no link is
    made.
    """

    event_type: str | None = None
    content: Content = PLAIN
    sample: bool = False


class PageContentView(msgspec.Struct, frozen=True):
    """The general link of a page, or a sample of a one-time link, ready to insert."""

    url: str
    html: str
    text: str


def check_content(content: Content | None) -> None:
    """Raise Invalid for content that cannot be written."""
    if content is None:
        return
    problems = content_problems(content)
    if content.timezone is not None:
        problems += zone_problems("content.timezone", content.timezone)
    if problems:
        raise Invalid(*problems)


def link_content(
    target: Target,
    settings: Settings,
    content: Content,
    *,
    url: str,
    event_type: str | None,
    name: str | None,
) -> Inserted:
    """What to insert for a link to `target` at `url`; `event_type` is that of the link, None for any.

    `name` is that of the link's person, None if it is not personalised.
    """
    offered, page = target.offered(event_type), target.page
    only = offered[0] if len(offered) == 1 else None
    host = target.host(event_type)
    reader = (
        reader_for([content.locale]) if content.locale else reader_for([], fixed_language(page, settings))
    )
    clock = DateText(reader, zone(content.timezone or target.timezone(event_type)))
    return inserted(
        content,
        Offered(
            url=url,
            title=page.title,
            event_type=event_type if only and len(target.offered()) > 1 else None,
            minutes=only.duration_minutes if only else None,
            hosts=[host.name] if host else [],
            accent=shades(settings.accent or OUR_ACCENT, LIGHT).accent,
        ),
        name,
        clock,
    )


async def page_content(
    services: Services, caller: Caller, page_id: str, body: PageContentBody
) -> PageContentView:
    """The general link of a page, or a sample; raises NotFound, and Invalid also if there is no such link."""
    check_content(body.content)
    target = await read_target(caller.snapshot, page_id)
    if target is None or not target.page.enabled:
        raise NotFound
    if body.sample and not target.is_one_time:
        raise invalid("sample", message("A master page with static rules does not offer one-time links."))
    if not (body.sample or target.page.general_link):
        raise invalid("content", message("This page's general link is off. Create a one-time link instead."))
    if body.event_type is not None and all(each.id != body.event_type for each in target.event_types):
        raise invalid("event_type", message("This page has no such event type."))
    url = link_url(services, SAMPLE) if body.sample else f"{services.public_url}/{target.page.slug}"
    if not body.sample and body.event_type is not None and len(target.event_types) > 1:
        url = f"{url}?event_type={body.event_type}"
    settings = await caller.snapshot.settings()
    found = link_content(target, settings, body.content, url=url, event_type=body.event_type, name=None)
    return PageContentView(url, found.html, found.text)
