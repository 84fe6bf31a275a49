"""When a job that could not be done is tried again, and when it is given up."""

from __future__ import annotations

from random import Random

FIRST_PAUSE = 5
"""Seconds before the second attempt; each further pause is twice as long, up to the longest."""
LONGEST_PAUSE = 6 * 3600
ATTEMPTS = 40
"""Attempts at a job that another service delays (Google, a mail server): they span more than three days."""
ATTEMPTS_AT_DEFECTS = 8
"""Attempts at a job that fails by an error of ours: they span minutes; then a person has to look."""
DEATHS = 10
"""How many workers may die while they hold an entry before the entry counts as the cause."""


def pause(attempt: int, seed: int, after: int | None = None) -> int:
    """Seconds between attempt number `attempt` (from 0) and the next one; at least `after` (Retry-After).

    Up to half of the pause is random, so that jobs that failed together are not retried together.
    """
    whole: int = min(FIRST_PAUSE * 2 ** min(attempt, 32), LONGEST_PAUSE)
    return max(round(whole * (1 + Random(seed).random()) / 2), after or 0, 1)  # noqa: S311 - no secret
