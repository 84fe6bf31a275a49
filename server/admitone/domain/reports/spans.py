"""Times between two events, counted in buckets, so that a median needs no list of all times.

Up to 16 minutes a bucket is one minute wide; from there each doubling has four. So the middle of a bucket
differs from every time in it by at most a tenth and a minute.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MINUTE = 60
_BOUNDS: list[int] = [*range(16), *(round(16 * float(2 ** (step / 4))) for step in range(64))]
"""The first minute of each bucket; the last one begins after more than a year."""
BUCKETS = len(_BOUNDS)


def bucket_of(seconds: int) -> int:
    """The bucket of a time; a negative one, of clocks that differ, is none at all."""
    return bisect_right(_BOUNDS, max(0, seconds) // _MINUTE) - 1


def median_minutes(counts: Mapping[int, int]) -> int | None:
    """The median in minutes of times counted by bucket, nearly exact; None if nothing was counted."""
    total = sum(counts.values())
    if total <= 0:
        return None
    seen = 0
    for bucket in sorted(counts):
        seen += counts[bucket]
        if seen * 2 >= total:
            return _middle(bucket)
    raise AssertionError("the sum of all buckets is the total")


def _middle(bucket: int) -> int:
    if bucket + 1 == len(_BOUNDS):
        return _BOUNDS[bucket]
    return (_BOUNDS[bucket] + _BOUNDS[bucket + 1]) // 2
