"""The card with the account, and where everything else is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.texts.message import message
from admitone.web.addon.cards.states import NAME
from admitone.web.addon.widgets import button, buttons, card, link_button, row, section

if TYPE_CHECKING:
    from admitone.web.addon.use import Use
    from admitone.web.addon.widgets import Card


def settings(use: Use) -> Card:
    """The card."""
    user = use.caller.user
    return card(
        NAME,
        [
            section(
                row(user.email, above=use.say(message("Signed in as"))),
                row(use.services.public_url, above=use.say(message("Server"))),
                row(use.clock.city(), above=use.say(message("Times are shown in the zone of"))),
            ),
            section(
                buttons(
                    link_button(use.say(message("Booking pages")), use.at("/dashboard/pages")),
                    link_button(use.say(message("Settings")), use.at("/dashboard/settings")),
                    button(use.say(message("Back")), use.press("home")),
                )
            ),
        ],
        subtitle=use.say(message("Settings")),
    )
