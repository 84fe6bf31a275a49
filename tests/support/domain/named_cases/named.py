"""A case that scheduling software is known to get wrong, with where it was reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from admitone.domain.availability.case import Booked, Case, Host
from admitone.domain.availability.days import local_range
from admitone.domain.availability.decision import offered_slots
from admitone.domain.availability.schedule_hours import Hours
from tests.support.domain.availability_cases import case

HOUR = 3600


class Named(msgspec.Struct):
    """`expected` are the starts offered on the host's dates `first` to `last`, as its clock shows them."""

    title: str
    source: str
    hours: Hours
    first: str
    expected: list[str]
    last: str = ""
    settings: dict[str, object] = {}
    busy: Sequence[tuple[int, int]] = ()
    booked: Sequence[Booked] = ()
    now: int = 0

    @property
    def case(self) -> Case:
        """The case as `decide` takes it."""
        settings = {"duration_minutes": 60} | self.settings
        return case(Host("ann", self.hours, self.busy, self.booked), self.now, **settings)

    @property
    def starts(self) -> list[int]:
        """The starts that are offered on the dates `first` to `last`, in epoch seconds."""
        first, last = date.fromisoformat(self.first), date.fromisoformat(self.last or self.first)
        return [slot.start for slot in offered_slots(self.case, *local_range(self.hours.zone, first, last))]


def clock(day: str, offset: str, *times: str) -> list[str]:
    """Expected starts of one day: its times, each with the same offset from UTC."""
    return [f"{day[5:]} {text}{offset}" for text in times]


NEW_YORK, CAIRO, LORD_HOWE, BRISBANE = (
    "America/New_York",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Australia/Brisbane",
)
