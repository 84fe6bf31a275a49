"""Reads the counters of reports, of which there is a hash for each dimension and month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.reports.figures import CHANGES, field_parts, month_of
from admitone.store.records.documents import text_map
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.domain.reports.figures import Dimension
    from admitone.store.store import Store


class Counter(msgspec.Struct, frozen=True):
    """What was counted of one day and key; `figure` may be a bucket of a span (spans.py)."""

    figure: str
    day: date
    key: str
    number: int


async def read_counters(
    store: Store, workspace: str, dimension: Dimension, first: date, last: date
) -> list[Counter]:
    """The counters of a dimension for the days from `first` to `last`, both included; one trip."""
    keys, months = store.keys(workspace), _months(first, last)
    answers = await store.send(*(Command(("HGETALL", keys.report(dimension, each))) for each in months))
    found = []
    for month, answer in zip(months, answers, strict=True):
        year, number = map(int, month.split("-"))
        for field, value in text_map(answer).items():
            if field == CHANGES:
                continue
            figure, day, key = field_parts(field)
            at = date(year, number, day)
            if first <= at <= last:
                found.append(Counter(figure, at, key, int(value)))
    return found


def _months(first: date, last: date) -> list[str]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    start = first.year * 12 + first.month - 1
    return [month_of(date(number // 12, number % 12 + 1, 1)) for number in range(start, start + count)]
