"""The card that confirms an insertion. It has no button that inserts the same again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.texts.message import count_message, message
from admitone.web.addon.cards.states import NAME
from admitone.web.addon.widgets import button, buttons, card, link_button, paragraph, row, section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.usecases.links.link_view import MadeLinkView
    from admitone.web.addon.use import Use
    from admitone.web.addon.widgets import Card

MOST_SHOWN = 10


def inserted_words(links: Sequence[MadeLinkView]) -> str:
    """What was inserted, as a message."""
    if not links:
        return message("The general link is in the draft. Anybody who has it can book.")
    return count_message(
        "The link is in the draft. It is good for one booking.",
        "%(count)s links are in the draft. Each is good for one booking.",
        count=len(links),
    )


def inserted_card(use: Use, links: Sequence[MadeLinkView], url: str) -> Card:
    """The card; `url` is the address that was inserted, without one-time links."""
    shown = [
        row(link.person.name if link.person else link.url, url=use.at(f"/dashboard/links/{link.id}"))
        for link in links[:MOST_SHOWN]
    ] or [paragraph(url)]
    another = button(use.say(message("Insert another")), use.press("compose"))
    each = [another, link_button(use.say(message("Show links")), use.at("/dashboard/links?mine=1"))]
    return card(NAME, [section(paragraph(use.say(inserted_words(links))), *shown, buttons(*each))])
