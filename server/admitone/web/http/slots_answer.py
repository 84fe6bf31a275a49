"""Lists of times as JSON: written from the integers, since a month has hundreds of times.

`SlotList` describes the answer; its bytes are those that its encoder would write.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from aiohttp import web

from admitone.domain.availability.zones import DAY, EPOCH_DATE
from admitone.domain.documents import encode_value
from admitone.domain.instant import Instant

if TYPE_CHECKING:
    from admitone.domain.availability.days import Day
    from admitone.usecases.times.availability import OfferedTimes
    from admitone.usecases.times.slot_list import PageTimes

MINUTE, HOUR = 60, 3600


class SlotView(msgspec.Struct, frozen=True):
    """One offered time."""

    start: Instant
    end: Instant


class DayView(msgspec.Struct, frozen=True):
    """The offered times that start on one date of the asked zone."""

    date: date
    slots: list[SlotView]


class SlotList(msgspec.Struct, frozen=True):
    """The days that have offered times."""

    timezone: str
    days: list[DayView]


class PageSlotList(SlotList, frozen=True):
    """The same of a page, and when the caller is busy on the asked days: sorted, disjoint, without titles."""

    busy: list[tuple[Instant, Instant]]


def respond_slots(found: OfferedTimes) -> web.Response:
    """The answer `SlotList`."""
    return web.Response(body=slots_json(found), content_type="application/json")


def respond_page_slots(found: PageTimes) -> web.Response:
    """The answer `PageSlotList`."""
    busy = msgspec.json.encode(found.busy, enc_hook=encode_value)
    body = b'%b,"busy":%b}' % (slots_json(found.offered)[:-1], busy)
    return web.Response(body=body, content_type="application/json")


def slots_json(found: OfferedTimes) -> bytes:
    """The JSON of `SlotList`."""
    days = ",".join([_day(day, found.duration) for day in found.days])
    return b'{"timezone":%b,"days":[%b]}' % (msgspec.json.encode(found.timezone), days.encode())


def _day(day: Day, duration: int) -> str:
    """The JSON of one day. In seconds of their date in UTC, the starts of many days are the same."""
    first = day.starts[0] // DAY
    slots, dates = _slots(tuple([start - first * DAY for start in day.starts]), duration)
    for place in range(dates):
        slots = slots.replace(chr(place), date.fromordinal(EPOCH_DATE + first + place).isoformat())
    return f'{{"date":"{day.date.isoformat()}","slots":[{slots}]}}'


@lru_cache(maxsize=256)
def _slots(starts: tuple[int, ...], duration: int) -> tuple[str, int]:
    """The JSON of a day's slots, with a control character for each date, and the number of dates.

    `starts` are seconds after the midnight in UTC at which the first date begins.
    """
    slots = [f'{{"start":"{_time(start)}","end":"{_time(start + duration)}"}}' for start in starts]
    return ",".join(slots), (starts[-1] + duration) // DAY + 1


def _time(at: int) -> str:
    days, second = divmod(at, DAY)
    return f"{chr(days)}T{second // HOUR:02}:{second % HOUR // MINUTE:02}:{second % MINUTE:02}Z"
