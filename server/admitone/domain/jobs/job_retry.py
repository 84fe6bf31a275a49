"""When a job that could not be done is tried again, and when no more."""

from __future__ import annotations

from random import Random

FIRST_PAUSE = 5
"""Seconds before the second attempt; each further pause is twice as long, up to the longest."""
LONGEST_PAUSE = 6 * 3600
ATTEMPTS = 40
"""Attempts at what cannot be done yet, because somebody else is away: they span more than three days."""
ATTEMPTS_AT_DEFECTS = 8
"""Attempts at what we failed at ourselves: they span minutes, and then a person should look."""
DEATHS = 10
"""How often a worker may die while it holds an entry before the entry is taken for the cause."""


def pause(attempt: int, seed: int, after: int | None = None) -> int:
    """Seconds between attempt number `attempt`, from 0, and the next one; at least `after` (Retry-After).

    Half of the pause is at random, so that what failed together is not tried again together.
    """
    whole: int = min(FIRST_PAUSE * 2 ** min(attempt, 32), LONGEST_PAUSE)
    return max(round(whole * (1 + Random(seed).random()) / 2), after or 0, 1)  # noqa: S311 - no secret
