"""The same test at full size under `make soak`, at about a tenth under `make test`."""

from __future__ import annotations

import os

FULL = os.environ.get("ADMITONE_TEST_SIZE") == "full"


def size(full: int, tenth: int | None = None) -> int:
    """`full` under `make soak`, otherwise `tenth`, by default a tenth of `full`."""
    if FULL:
        return full
    return max(1, full // 10) if tenth is None else tenth
