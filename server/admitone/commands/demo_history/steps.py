"""The steps of the stories, in the order of time."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from admitone.commands.demo_history.story import LinkStory, Story, Year


class Kind(IntEnum):
    """What a step does; of steps within one window, those of a lower kind come first."""

    MAKE = 0
    FETCH = 1
    OPEN = 2
    BOOK = 3
    MOVE = 4
    CANCEL = 5
    COMPLETE = 6
    NO_SHOW = 7
    REVOKE = 8
    EXPIRE = 9


Step = tuple[int, Kind, int, int]
"""When (epoch seconds), what, the number of the story, and which of its links."""


def steps_of(year: Year, stories: Iterable[Story]) -> list[Step]:
    """All steps of the stories in the order of time."""
    return sorted(step for told in stories for step in _steps(year, told))


def _steps(year: Year, told: Story) -> list[Step]:
    links: Sequence[LinkStory | None] = [told.link, *told.other_links]
    times: list[tuple[int | None, Kind, int]] = [
        (told.booked, Kind.BOOK, 0),
        (told.moved[0] if told.moved else None, Kind.MOVE, 0),
        (told.cancelled[0] if told.cancelled else None, Kind.CANCEL, 0),
        (told.completed, Kind.COMPLETE, 0),
        (told.no_show, Kind.NO_SHOW, 0),
    ]
    for place, link in enumerate(links):
        if link is not None:
            ends = place > 0 and link.revoked is None and link.expires <= year.now
            times += [
                (link.made, Kind.MAKE, place),
                (link.fetched, Kind.FETCH, place),
                (link.opened, Kind.OPEN, place),
                (link.revoked, Kind.REVOKE, place),
                (link.expires if ends else None, Kind.EXPIRE, place),
            ]
    return [(at, kind, told.number, place) for at, kind, place in times if at is not None]
