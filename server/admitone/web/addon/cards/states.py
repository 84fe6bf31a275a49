"""The cards that stand in for others: nobody is known, there is no page, or the server does not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.texts.message import message
from admitone.web.addon.widgets import buttons, card, link_button, paragraph, section

if TYPE_CHECKING:
    from admitone.texts.translator import Translator
    from admitone.web.addon.use import Use
    from admitone.web.addon.widgets import Card

NAME = "Admit One"


def unknown_user(texts: Translator, public_url: str) -> Card:
    """For somebody who has never signed in."""
    words = message("Sign in once, and your booking pages are here. Nothing is sent from your account.")
    sign_in = link_button(texts.say(message("Sign in")), f"{public_url}/", reloads=True, is_main=True)
    return card(NAME, [section(paragraph(texts.say(words)), buttons(sign_in))])


def no_page(use: Use) -> Card:
    """For a user without any page to share."""
    words = message("There is no page to share yet. A booking page says when you have time.")
    create = link_button(
        use.say(message("Create a booking page")),
        use.at("/dashboard/pages/new"),
        reloads=True,
        is_main=True,
    )
    return card(NAME, [section(paragraph(use.say(words)), buttons(create))])


def trouble(texts: Translator, sentence: str) -> Card:
    """What went wrong, in words; the same button can be pressed again."""
    return card(NAME, [section(paragraph(texts.say(sentence)))])
