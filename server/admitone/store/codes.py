"""The codes that scripts answer; scripts get them as constants of the same names."""

from __future__ import annotations

from enum import IntEnum


class Code(IntEnum):
    """The first element of every script's answer."""

    OK = 0
    APPLIED = 1
    UNCHANGED = 2
    NOT_FOUND = 3
    LINK_BOOKED = 4
    LINK_REVOKED = 5
    LINK_EXPIRED = 6
    MOVED = 7
    TAKEN = 8
    UNCLAIMED = 9
    TOO_MANY = 10
    CODE_WRONG = 11
