"""What is inserted into a message for a link: HTML for a formatted message, a text for a plain one.

The HTML has only what mail programs agree on: links, line breaks, tables and inline styles, no image.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from admitone.domain.links.card import Button, card_html
from admitone.domain.links.content import NAME
from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.date_text import DateText
    from admitone.domain.instant import Instant
    from admitone.domain.links.content import Content


_NO_NAME = re.compile(rf"[ \t]?{re.escape(NAME)}")
"""The place of a name that is not known: the blank before it goes too, so that `Hi {name},` is `Hi,`."""


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """What a link offers: `event_type` and `minutes` are None if the customer still chooses the event type.

    `url` may name the event type already. `hosts` names those who are certain. `accent` is the colour of
    buttons.
    """

    url: str
    title: str
    event_type: str | None
    minutes: int | None
    hosts: Sequence[str]
    accent: str


class Inserted(msgspec.Struct, frozen=True):
    """What to insert into a formatted and into a plain message."""

    html: str
    text: str


def inserted(content: Content, offered: Offered, name: str | None, clock: DateText) -> Inserted:
    """What to insert for one link, in the language and zone of `clock`; `name` is that of its person."""
    match content.style:
        case "link":
            found = _link(content, offered)
        case "sentence":
            found = _sentence(content, offered, clock)
        case "times":
            found = _times(content, offered, clock)
        case "card":
            found = _card(content, offered, clock)
    return _after_snippet(content, name, found)


def inserted_for_each(people: Sequence[tuple[str, Inserted]]) -> Inserted:
    """What to insert for several people: a line with name and link for each."""
    return Inserted(
        "<br>".join(f"{escape(name)}: {each.html}" for name, each in people),
        "\n".join(f"{name}: {each.text}" for name, each in people),
    )


def _after_snippet(content: Content, name: str | None, found: Inserted) -> Inserted:
    snippet = content.snippet.replace(NAME, name) if name else _NO_NAME.sub("", content.snippet)
    words = snippet.strip()
    if not words:
        return found
    in_line = content.style == "link"
    html = "<br>".join(escape(line) for line in words.splitlines())
    return Inserted(
        f"{html}{' ' if in_line else '<br>'}{found.html}",
        f"{words}{' ' if in_line else chr(10)}{found.text}",
    )


def _link(content: Content, offered: Offered) -> Inserted:
    return Inserted(_anchor(offered.url, content.label.strip() or offered.title), offered.url)


def _sentence(content: Content, offered: Offered, clock: DateText) -> Inserted:
    say = clock.reader.texts.say
    words, link = message("Choose a time that suits you: %(link)s", link="\0"), _link(content, offered)
    before, after = say(words).split("\0")
    return Inserted(escape(before) + link.html + escape(after), before + link.text + after)


def _times(content: Content, offered: Offered, clock: DateText) -> Inserted:
    """The times of a day in one line, each of which leads to that time, then a link to all times.

    Plain text has a line for each time, because addresses are long.
    """
    html, lines = [], []
    for day, starts in groupby(_sorted(content), clock.date):
        times = list(starts)
        name = clock.day(day)
        anchors = ", ".join(_anchor(_address(offered, clock, at), clock.time(at)) for at in times)
        html.append(f"{escape(name)}: {anchors}")
        lines += [f"{clock.joined(name, clock.time(at))}: {_address(offered, clock, at)}" for at in times]
    zone, others = _zone(content, clock), clock.reader.texts.say(message("See all times"))
    url = _address(offered, clock)
    html += [_anchor(url, others), escape(zone)]
    lines += [f"{others}: {url}", zone]
    return Inserted("<br>".join(html), "\n".join(lines))


def _card(content: Content, offered: Offered, clock: DateText) -> Inserted:
    say = clock.reader.texts.say
    title = content.label.strip() or offered.title
    parts = [clock.duration(offered.minutes)] if offered.minutes else []
    if offered.hosts:
        parts.append(say(message("with %(names)s", names=clock.names(offered.hosts))))
    about, others = " · ".join(parts), say(message("See all times"))
    url, zone = _address(offered, clock), _zone(content, clock)
    days = [
        (
            clock.day(day),
            [Button(clock.time(at), _address(offered, clock, at)) for at in starts],
        )
        for day, starts in groupby(_sorted(content), clock.date)
    ]
    choose = others if days else say(message("Choose a time"))
    lines = [title, *([about] if about else [])]
    for day, buttons in days:
        lines += ["", day, *(f"{button.text}: {button.url}" for button in buttons)]
    lines += ["", f"{choose}: {url}", zone]
    direction = clock.reader.direction
    html = card_html(
        title, about, days, Button(choose, url), zone, accent=offered.accent, direction=direction
    )
    return Inserted(html, "\n".join(lines))


def _sorted(content: Content) -> list[Instant]:
    return sorted(set(content.starts))


def _zone(content: Content, clock: DateText) -> str:
    """The zone of the times: its city, and its offset at the first of them."""
    if not content.starts:
        return clock.reader.texts.say(message("Times are shown in %(city)s time.", city=clock.city()))
    offset = clock.offset(min(content.starts))
    text = message("Times are in %(city)s time (%(offset)s).", city=clock.city(), offset=offset)
    return clock.reader.texts.say(text)


def _address(offered: Offered, clock: DateText, at: Instant | None = None) -> str:
    """The address of the page in the zone of the times, with one of them marked."""
    event_type = None if "?" in offered.url else offered.event_type
    asked = {"event_type": event_type, "t": at.text() if at is not None else None, "timezone": clock.zone.key}
    query = urlencode({name: text for name, text in asked.items() if text})
    return f"{offered.url}{'&' if '?' in offered.url else '?'}{query}"


def _anchor(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>'
