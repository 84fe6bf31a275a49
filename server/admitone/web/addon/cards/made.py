"""The card with a link that was just made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.texts.message import message
from admitone.web.addon.cards.states import NAME
from admitone.web.addon.widgets import button, buttons, card, link_button, paragraph, section

if TYPE_CHECKING:
    from admitone.usecases.links.link_view import MadeLinkView
    from admitone.web.addon.use import Use
    from admitone.web.addon.widgets import Card


def made(use: Use, link: MadeLinkView) -> Card:
    """The address to select, since cards have no clipboard, and a page that can copy it."""
    return card(
        NAME,
        [
            section(
                paragraph(use.say(message("The one-time link is ready. It is good for one booking."))),
                paragraph(link.url),
                buttons(
                    link_button(
                        use.say(message("Open to copy")),
                        use.at(f"/dashboard/links/{link.id}"),
                        is_main=True,
                    ),
                    button(use.say(message("Back")), use.press("home")),
                ),
            )
        ],
    )
