"""The pause of all workers after a restore: jobs of then would run again, so an operator decides first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.store.keys import PAUSED
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store

READ_PAUSE = Command(("GET", PAUSED))
HOW_TO_END = "run `admitone restore --resume`, or `--drop-mails` (docs/backup.md tells them apart)"


class Pause(msgspec.Struct, frozen=True):
    """Workers do nothing, because the data were restored at `since` from a backup of `made_at`.

    Both are epoch seconds.
    """

    since: int
    made_at: int


async def read_pause(store: Store) -> Pause | None:
    """The pause, or None if workers may work. Raises Busy."""
    [text] = await store.send(READ_PAUSE)
    return parse_pause(text)


def parse_pause(text: bytes | str | None) -> Pause | None:
    """The pause in the value of its key."""
    return None if text is None else msgspec.json.decode(text, type=Pause)


async def end_pause(store: Store) -> None:
    """Let workers work. Raises Busy, OutcomeUnknown."""
    await store.send(Command(("DEL", PAUSED)))
