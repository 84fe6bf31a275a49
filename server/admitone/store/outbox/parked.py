"""Parked jobs: jobs that failed for good. They are kept until an administrator retries or discards them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from admitone.store.keys import jobs, parked, totals
from admitone.store.outbox.outbox import GROUP
from admitone.store.redis.coalescer import Command
from admitone.texts.kept_message import KeptMessage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.store.outbox.outbox import Entry
    from admitone.store.store import Store

AT_ONCE = 500
"""Parked jobs that one script call releases at most."""


class Parked(msgspec.Struct, frozen=True, omit_defaults=True):
    """A job that failed for good at `at` (epoch seconds), after `attempts` attempts, for a `cause` in words.

    `said` is the message of the cause. `fields` are the fields of the outbox entry that retries the job.
    `waits_for` is the user whose Google connection must be repaired first, if that is the cause.
    """

    id: str
    cause: str
    at: int
    attempts: int
    fields: Mapping[str, str]
    waits_for: str | None = None
    said: KeptMessage | None = None


_decoder = msgspec.json.Decoder(Parked)


async def park(
    store: Store, workspace: str | None, entry: Entry, record: Parked, *, is_own: bool = True
) -> None:
    """Move an entry from the outbox to the parked jobs, as `record`; `workspace` is None if none is known.

    Unless the entry `is_own`, it is that of the event from which the job follows, and stays.
    """
    await store.call(
        "outbox_park",
        _keys(entry.partition, workspace),
        {
            "group": GROUP,
            "entry": entry.id if is_own else None,
            "id": record.id,
            "record": msgspec.json.encode(record).decode(),
            "at": record.at,
        },
    )


async def read_parked(store: Store, workspace: str, ids: Sequence[str]) -> list[Parked]:
    """The parked jobs among those with these ids."""
    if not ids:
        return []
    places = parked(store.keys(workspace).partition, workspace)
    [texts] = await store.send(Command(("HMGET", places.records, *ids)))
    return [_decoder.decode(text) for text in texts if text is not None]


async def count_parked(store: Store, workspace: str) -> int:
    """The number of parked jobs of the workspace."""
    places = parked(store.keys(workspace).partition, workspace)
    [count] = await store.send(Command(("ZCARD", places.times)))
    return int(count)


async def release(store: Store, workspace: str, records: Sequence[Parked], *, again: bool) -> int:
    """Retry these jobs (`again`) or discard them; returns how many were still parked."""
    partition = store.keys(workspace).partition
    released = 0
    for start in range(0, len(records), AT_ONCE):
        answer = await store.call(
            "parked_release",
            _keys(partition, workspace),
            {"parked": [_as_argument(record, again) for record in records[start : start + AT_ONCE]]},
        )
        released += answer.rest[0]
    return released


def _keys(partition: int, workspace: str | None) -> dict[str, str]:
    """The keys of the scripts outbox_park and parked_release."""
    places = parked(partition, workspace)
    return {
        "jobs": jobs(partition),
        "parked": places.records,
        "times": places.times,
        "totals": totals(partition),
    }


def _as_argument(record: Parked, again: bool) -> dict[str, object]:
    if not again:
        return {"id": record.id}
    return {"id": record.id, "fields": [part for pair in record.fields.items() for part in pair]}
