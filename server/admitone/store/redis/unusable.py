"""The one error of everything that looks for, starts, reaches and judges a Redis."""

from __future__ import annotations


class RedisUnusableError(Exception):
    """There is no Redis to work with; the message is for the operator and says what to do."""
