"""The card beside the inbox: make a link, and the newest ones with their states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.texts.message import message
from admitone.web.addon.cards.states import NAME
from admitone.web.addon.widgets import Choice, button, buttons, card, dropdown, link_button, row, section
from admitone.web.dashboard.state_names import STATE_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.usecases.pages.page_list import SharedPage
    from admitone.web.addon.use import Use
    from admitone.web.addon.widgets import Card, Widget
    from admitone.web.dashboard.links.link_rows import LinkRow


def home(use: Use, pages: Sequence[SharedPage], rows: Sequence[LinkRow], chosen: str) -> Card:
    """The card; `pages` offer one-time links, `chosen` is the id of the one that is used most lately."""
    choices = [Choice(page.id, page.title, page.id == chosen) for page in pages]
    make = section(
        dropdown("page", use.say(message("Page")), choices),
        buttons(
            button(use.say(message("Generate a one-time link")), use.press("make"), is_main=True),
            link_button(use.say(message("More choices")), use.at("/dashboard/share")),
        ),
        header=use.say(message("A new link")),
    )
    newest = [_row(use, each) for each in rows] or [
        row(use.say(message("You have created no link yet. Each link is good for one booking.")))
    ]
    links = section(*newest, header=use.say(message("Your newest links")))
    foot = section(
        buttons(
            link_button(use.say(message("Open Admit One")), use.at("/dashboard")),
            button(use.say(message("Settings")), use.press("settings")),
        )
    )
    return card(NAME, [make, links, foot])


def _row(use: Use, each: LinkRow) -> Widget:
    state = use.say(STATE_NAMES[each.link.status])
    made = use.clock.ago(each.link.created_at, use.services.now())
    return row(
        use.say(each.title),
        above=use.say(each.page_title or message("Deleted page")),
        below=use.say(message("%(state)s · made %(when)s", state=state, when=made)),
        url=use.at(f"/dashboard/links/{each.link.id}"),
    )
