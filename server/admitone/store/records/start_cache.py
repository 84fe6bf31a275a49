"""The offered starts that this process has computed, each with the proof of what they follow from."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import OrderedDict
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Hashable

MOST = 500_000
"""Numbers in the cache, which take 4 MB; the least recently used starts are removed first."""


class KeptStarts(msgspec.Struct, frozen=True):
    """The offered starts from `since` on, sorted; they hold as long as the proof is equal.

    `entries` is the number of bookings that were read for them. The question and the proof take as much
    memory as `weight` starts.
    """

    proof: object
    since: int
    starts: array[int]
    entries: int
    weight: int

    def starting(self, since: int, proof: object) -> array[int] | None:
        """The starts from `since` on; None if they follow from something else, or are not all kept."""
        if self.proof != proof or since < self.since:
            return None
        return self.starts[bisect_left(self.starts, since) :]


class StartCache:
    """Offered starts by the question that they answer."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, KeptStarts] = OrderedDict()
        self._size = 0

    def find(self, question: Hashable) -> KeptStarts | None:
        """The last answer to the question; its proof tells whether it still holds."""
        kept = self._kept.get(question)
        if kept is not None:
            self._kept.move_to_end(question)
        return kept

    def keep(self, question: Hashable, found: KeptStarts) -> None:
        """Keep an answer in place of the one before."""
        self._remove(question)
        self._kept[question] = found
        self._size += _size(found)
        while self._size > MOST:
            self._remove(next(iter(self._kept)))

    def _remove(self, question: Hashable) -> None:
        if question in self._kept:
            self._size -= _size(self._kept.pop(question))


def _size(kept: KeptStarts) -> int:
    return kept.weight + len(kept.starts)
