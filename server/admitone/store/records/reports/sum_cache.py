"""The sums of months that this process has read, each with the number of changes that the month counts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable

Sums = Mapping[Any, Mapping[str, int]]
"""Numbers by day or key, and in each by the name of what was counted. Many requests see them."""
MOST = 200_000
"""Numbers in the cache, which take about 20 MB; the least recently used sums are removed first."""


class SumCache:
    """Sums by what was added up; they hold as long as the number of changes is the same."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[bytes, int, Sums]] = OrderedDict()
        self._size = 0

    def find(self, what: Hashable, changes: bytes) -> Sums | None:
        """The sums, if they were kept at this number of changes."""
        kept = self._kept.get(what)
        if kept is None or kept[0] != changes:
            return None
        self._kept.move_to_end(what)
        return kept[2]

    def keep(self, what: Hashable, changes: bytes, sums: Sums) -> Sums:
        """The same sums, which are kept unless the month counts no changes or they are too many."""
        self._remove(what)
        size = 1 + sum(1 + len(numbers) for numbers in sums.values())
        if changes and size <= MOST:
            self._kept[what] = (changes, size, sums)
            self._size += size
            while self._size > MOST:
                self._remove(next(iter(self._kept)))
        return sums

    def _remove(self, what: Hashable) -> None:
        if what in self._kept:
            self._size -= self._kept.pop(what)[1]
