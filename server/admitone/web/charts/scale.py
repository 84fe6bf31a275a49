"""The scale of an axis: from 0 up, in few round steps."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_STEPS = 4
ROUND = (1, 2, 5)


class Scale(msgspec.Struct, frozen=True):
    """An axis of counts that goes from 0 to `top`, which is a multiple of `step`."""

    step: int
    top: int

    def ticks(self) -> range:
        """The numbers that the axis names, 0 first."""
        return range(0, self.top + 1, self.step)


def scale_for(most: int) -> Scale:
    """The scale on which `most` fits, in at most `MOST_STEPS` steps; for nothing at all, from 0 to 1."""
    step = next(each for each in _round_numbers() if each * MOST_STEPS >= most)
    return Scale(step, max(1, -(-most // step)) * step)


def _round_numbers() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 and so on."""
    return (digit * 10**power for power in count() for digit in ROUND)
