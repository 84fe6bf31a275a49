"""The card beside a draft: which link to insert, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.texts.message import count_message, message
from admitone.web.addon.cards.states import NAME
from admitone.web.addon.widgets import (
    Choice,
    button,
    buttons,
    card,
    dropdown,
    link_button,
    paragraph,
    section,
    switch,
    text_field,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.usecases.pages.page_list import SharedPage
    from admitone.web.addon.use import Choices, Use
    from admitone.web.addon.widgets import Card, Widget

ONE_TIME = "one_time"
"""The switch, and what the button of a card without it carries in its place."""
EACH = "*"
"""Chosen in place of one recipient: a link for each of them."""
EXPIRY_DAYS = (1, 3, 7, 14, 30, 90, 180, 365)
NEVER = "never"
STYLES = {
    "link": message("The page’s name"),
    "sentence": message("An invitation in one line"),
    "card": message("A card"),
}


def compose(
    use: Use, pages: Sequence[SharedPage], page: SharedPage, chosen: Choices, problem: str = ""
) -> Card:
    """The card; `problem` says what is missing, in words."""
    parts = [section(*_page(use, pages, page, chosen))]
    if problem:
        parts.insert(0, section(paragraph(use.say(problem))))
    if page.one_time:
        parts.append(section(*_person(use, chosen)))
    parts.append(section(*_more(use, page, chosen), header=use.say(message("More")), is_folded=True))
    parts.append(section(buttons(*_buttons(use, page))))
    return card(NAME, parts)


def _page(use: Use, pages: Sequence[SharedPage], page: SharedPage, chosen: Choices) -> list[Widget]:
    has_switch = page.one_time and page.general_link
    changed = use.press("compose", **({} if has_switch else {ONE_TIME: "on"}))
    choices = [Choice(each.id, each.title, each.id == page.id) for each in pages]
    found = [dropdown("page", use.say(message("Page")), choices, changed)]
    if len(page.event_types) > 1:
        types = [Choice("", use.say(message("The customer chooses")), not chosen.event_type)]
        types += [Choice(each.id, each.name, each.id == chosen.event_type) for each in page.event_types]
        found.append(dropdown("event_type", use.say(message("Event type")), types))
    if not page.one_time:
        return [*found, paragraph(use.say(message("This page has its general link only.")))]
    if has_switch:
        text = use.say(message("One-time link"))
        hint = use.say(message("Good for exactly one booking. If off, the page’s general link is inserted."))
        found.append(switch(ONE_TIME, text, is_on=chosen.is_one_time, hint=hint))
    return found


def _person(use: Use, chosen: Choices) -> list[Widget]:
    """For whom the link is: an address of the draft, or one to be typed."""
    recipients = use.event.recipients
    hint = message("The link knows who the customer is, and asks only for a time.")
    found = [
        switch(
            "personalise",
            use.say(message("Personalise link")),
            is_on=chosen.is_personal,
            hint=use.say(hint),
        )
    ]
    if recipients:
        choices = [Choice(each, each, each == (chosen.recipient or recipients[0])) for each in recipients]
        if len(recipients) > 1:
            text = count_message(
                "A link for each of %(count)s person",
                "A link for each of %(count)s people",
                count=len(recipients),
            )
            choices.append(Choice(EACH, use.say(text), chosen.recipient == EACH))
        found.append(dropdown("recipient", use.say(message("For")), choices))
    else:
        found.append(text_field("recipient", use.say(message("Email")), chosen.recipient, is_email=True))
    name_hint = use.say(message("Without one, the address says who it is."))
    return [*found, text_field("name", use.say(message("Name")), chosen.name, hint=name_hint)]


def _more(use: Use, page: SharedPage, chosen: Choices) -> list[Widget]:
    styles = [Choice(style, use.say(name), style == chosen.style) for style, name in STYLES.items()]
    found = [dropdown("style", use.say(message("What is inserted")), styles)]
    if not page.one_time:
        return found
    days = [
        Choice(
            str(count),
            use.say(message("After %(days)s", days=use.clock.duration(count * 24 * 60))),
            chosen.expiry == str(count),
        )
        for count in EXPIRY_DAYS
    ]
    usual = Choice("", use.say(message("As the workspace sets it")), not chosen.expiry)
    never = Choice(NEVER, use.say(message("Never")), chosen.expiry == NEVER)
    return [
        *found,
        switch("form", use.say(message("Show the booking form")), is_on=chosen.shows_form),
        dropdown("expiry", use.say(message("Expires")), [usual, *days, never]),
    ]


def _buttons(use: Use, page: SharedPage) -> list[dict[str, object]]:
    if not page.event_types:
        return [link_button(use.say(message("See why")), use.at("/dashboard/pages"))]
    return [
        button(use.say(message("Insert")), use.press("insert"), is_main=True),
        button(use.say(message("Insert times")), use.press("times")),
    ]
