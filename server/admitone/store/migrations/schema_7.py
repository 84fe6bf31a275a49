"""Schema 7.

- What has a default is new in stored records, which stay as they are.
- The counters of reports are numbers in a string, of a month's domains in one of their own, and a hash has
  the row of each name. Before, they were fields of a hash for each dimension and month.
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Final

from admitone.store.migrations.migration import Migration, Upgrade
from admitone.store.records.documents import text_map
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.store.migrations.migration import Record, Values
    from admitone.store.store import Store

FIGURES: Final = (
    *("made", "fetched", "opened", "booked", "scheduled", "rescheduled"),
    *("cancelled", "cancelled_after_start", "no_show", "completed"),
)
"""The counters of a day, in order; each is a whole number of 32 bits."""
MOST: Final = 2**31 - 1
DAYS: Final = 31
ROW: Final = DAYS * len(FIGURES)
SPANS: Final = ("to_open", "to_book", "lead")
BUCKETS: Final = 80
TIMES: Final = ROW + 1
"""Where the counters of times begin, behind the row of the total and the number of the month's changes."""
RESERVED: Final = 26
"""Rows of the total, with changes and times."""
CHANGES: Final = "changes"
"""The field of a total that counted the changes of its month."""
DIMENSIONS: Final = ("channel", "domain", "event_type", "host", "member", "page", "total", "workflow")
_FIELD = re.compile(
    rf"(?:(?P<figure>{'|'.join(FIGURES)})|(?P<span>{'|'.join(SPANS)})\.(?P<bucket>[0-7]?\d)"
    r"|cancelled_by_(?P<who>\w+)):(?P<day>0[1-9]|[12]\d|3[01]):(?P<key>.*)",
    re.DOTALL,
)
_NUMBER = re.compile(r"-?\d+")
Counter = tuple[str, int]
"""The name of a row, which is empty for the total, and a place in it."""


async def _pack(store: Store, record: Record, values: Values) -> None:
    """Write the counters of a month as two tables, then delete the hashes: it can be killed and begun again.

    What is there stays: it is the same, or a server has added to it since.
    """
    begins, _, month = record.key.rpartition("total:")
    names = [f"{begins}{dimension}:{month}" for dimension in DIMENSIONS]
    answers = await store.send(*(Command(("HGETALL", name)) for name in names))
    tables: dict[str, dict[Counter, int]] = {"all": {}, "domains": {}}
    for dimension, answer in zip(DIMENSIONS, answers, strict=True):
        table = tables["domains" if dimension == "domain" else "all"]
        fields = {name: number.decode() for name, number in text_map(answer).items()}
        table |= _counters(dimension, fields)
    commands = [
        command
        for table, counters in tables.items()
        for command in _writes(f"{begins}{month}:{table}", counters)
    ]
    await store.send(*commands, Command(("DEL", *names)))


def _counters(dimension: str, fields: Mapping[str, str]) -> dict[Counter, int]:
    """The counters in a hash; what is no counter was never added to, and no report told it."""
    return {
        counter: max(-MOST, min(MOST, int(number)))
        for field, number in fields.items()
        if _NUMBER.fullmatch(number) and (counter := _counter(dimension, field))
    }


def _counter(dimension: str, field: str) -> Counter | None:
    if field == CHANGES:
        return "", ROW
    found = _FIELD.fullmatch(field)
    if not found:
        return None
    day = int(found["day"]) - 1
    if found["span"]:
        column = SPANS.index(found["span"]) * BUCKETS + int(found["bucket"])
        return "", TIMES + day * len(SPANS) * BUCKETS + column
    if found["who"]:
        return f"canceller:{found['who']}", day * len(FIGURES) + FIGURES.index("cancelled")
    name = found["key"] if dimension in {"total", "domain"} else f"{dimension}:{found['key']}"
    return name, day * len(FIGURES) + FIGURES.index(found["figure"])


def _writes(key: str, counters: Mapping[Counter, int]) -> list[Command]:
    """What writes a table, unless it is there."""
    first = 0 if key.endswith(":domains") else RESERVED
    rows = {name: row for row, name in enumerate(sorted({name for name, _ in counters if name}), first)}
    numbers = {rows.get(name, 0) * ROW + place: number for (name, place), number in counters.items()}
    if not numbers:
        return []
    places = range(max(numbers) + 1)
    text = struct.pack(f">{len(places)}i", *(numbers.get(place, 0) for place in places))
    named = (Command(("HSETNX", f"{key}:rows", *row)) for row in rows.items())
    return [*named, Command(("SET", key, text, "NX"))]


TO_SCHEMA_7: Final = Migration(7, [Upgrade("report", enter=_pack)])
