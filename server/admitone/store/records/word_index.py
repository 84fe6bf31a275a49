"""The indexes of search words: sorted sets whose members have the score 0, so that their bytes order them.

A member is `<word>\\0<place><id>`. The place of a record is its creation (epoch seconds) in six characters
that sort the other way round: the records of one word stand in the order newest first.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from admitone.store.store import Store

PLACE_LENGTH: Final = 6
_DIGITS = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
"""64 characters, in the order of their bytes."""
_LATEST = len(_DIGITS) ** PLACE_LENGTH - 1
_END = "\U0010ffff"
"""No text sorts after it."""


class WordEntry(msgspec.Struct, frozen=True, array_like=True):
    """One member of a word index."""

    word: str
    place: str
    id: str

    @property
    def member(self) -> str:
        """The member as Redis has it."""
        return f"{self.word}\0{self.place}{self.id}"


def word_members(words: Iterable[str], created_at: int, record_id: str) -> list[str]:
    """The members of a record, which was created at `created_at` (epoch seconds)."""
    end = f"\0{_place(created_at)}{record_id}"
    return [word + end for word in words]


def entry_of(member: bytes) -> WordEntry:
    """The entry that a member is."""
    word, _, rest = member.decode().rpartition("\0")
    return WordEntry(word, rest[:PLACE_LENGTH], rest[PLACE_LENGTH:])


async def count_entries(store: Store, key: str, beginnings: Sequence[str]) -> list[int]:
    """For each of `beginnings` the number of entries whose word begins so, in one trip."""
    return await store.send(
        *(Command(("ZLEXCOUNT", key, f"[{beginning}", f"[{beginning}{_END}")) for beginning in beginnings)
    )


async def read_entries(
    store: Store, key: str, beginning: str, *, after: WordEntry | None, limit: int
) -> list[WordEntry]:
    """Up to `limit` entries whose word begins with `beginning`: word by word, the newest of each first."""
    low = f"[{beginning}" if after is None else f"({after.member}"
    command = ("ZRANGEBYLEX", key, low, f"[{beginning}{_END}", "LIMIT", 0, limit)
    [members] = await store.send(Command(command))
    return [entry_of(member) for member in members]


def exact_word(key: str, word: str, *, low: str | None = None, limit: int) -> Command:
    """The command that reads up to `limit` members of just this word, after the member `low` if given."""
    first = f"[{word}\0" if low is None else f"({low}"
    return Command(("ZRANGEBYLEX", key, first, f"({word}\1", "LIMIT", 0, limit))


@lru_cache(maxsize=1024)  # many records are created in one second
def _place(created_at: int) -> str:
    rest, digits = _LATEST - created_at, ""
    for _ in range(PLACE_LENGTH):
        rest, digit = divmod(rest, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits
