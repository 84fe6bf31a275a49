"""The card in which times are ticked, day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.instant import Instant
from admitone.texts.message import message
from admitone.web.addon.cards.states import NAME
from admitone.web.addon.widgets import Choice, boxes, button, buttons, card, paragraph, section

if TYPE_CHECKING:
    from datetime import date

    from admitone.usecases.times.availability import OfferedTimes
    from admitone.web.addon.use import Use
    from admitone.web.addon.widgets import Card

FIELD = "starts_"
"""How the names of the fields of days begin."""
MOST_IN_A_DAY = 48


def times(
    use: Use, title: str, found: OfferedTimes, first: date, following: date, carried: str, problem: str = ""
) -> Card:
    """The card; `carried` has the choices of the card before, `following` is the first day after these."""
    parts = [section(paragraph(use.say(problem)))] if problem else []
    parts += [
        section(
            boxes(
                f"{FIELD}{day.date.isoformat()}",
                "",
                [Choice(Instant(at).text(), use.clock.time(at)) for at in day.starts[:MOST_IN_A_DAY]],
            ),
            header=use.clock.day(day.date),
            is_folded=place > 1,
        )
        for place, day in enumerate(found.days)
    ]
    if not found.days:
        parts.append(section(paragraph(use.say(message("No time is free in these days.")))))
    later = use.press("times", first=following.isoformat(), carried=carried)
    each = [
        button(use.say(message("Later days")), later),
        button(use.say(message("Back")), use.press("compose", carried=carried)),
    ]
    if found.days:
        insert = use.press("insert-times", carried=carried, first=first.isoformat())
        each.insert(0, button(use.say(message("Insert times")), insert, is_main=True))
    return card(title or NAME, [*parts, section(buttons(*each))], subtitle=_zone(use, found))


def _zone(use: Use, found: OfferedTimes) -> str:
    return use.say(message("Times are in %(city)s time.", city=use.clock.city())) if found.days else ""
