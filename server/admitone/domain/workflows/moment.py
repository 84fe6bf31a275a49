"""A time as templates see it: shown whole it reads as text, and filters write it in a zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.availability.zones import zone, zone_names
from admitone.domain.date_text import DateText

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from admitone.domain.people.reader import Reader


class Moment:
    """An instant (epoch seconds), in the language of `reader`; without another zone it is told in `zone`."""

    def __init__(self, at: int, reader: Reader, in_zone: ZoneInfo) -> None:
        self._at = at
        self._text = DateText(reader, in_zone)

    def __str__(self) -> str:
        return self._text.day_and_time(self._at, year=True)

    def date_in(self, name: str) -> str:
        """`Thursday, December 3, 2026`, in the zone of that name."""
        text = self._in(name)
        return text.day(text.date(self._at), year=True)

    def time_in(self, name: str) -> str:
        """`10:30`, in the zone of that name."""
        return self._in(name).time(self._at)

    def _in(self, name: str) -> DateText:
        """The contact's zone may be unknown: then it is the zone in which the run goes by anyway."""
        return DateText(self._text.reader, zone(name)) if name in zone_names() else self._text
