"""Whose turn it is: the order in which the members of a pool are tried (product.md, *Distribution*).

The script that books decides by the same rules (store/lua/include/turns.lua), on what is there at that
moment; this says beforehand what it would do, for the list of times and for people who ask why.
"""

from __future__ import annotations

from hashlib import sha1
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Method = Literal["round_robin", "pooled", "pooled_priority"]


class Tally(msgspec.Struct, frozen=True):
    """What one user has had of one master page and event type; `base` is what their turn began with.

    `order` numbers the page's bookings as they were created; it is that of the user's last one, 0 for none,
    and `created` is when that was (epoch seconds).
    """

    assigned: int = 0
    cancelled: int = 0
    no_show: int = 0
    base: int = 0
    order: int = 0
    created: int = 0

    def turn(self, *, correction: bool) -> int:
        """Where the user stands in a round robin; with correction, what did not take place is not held."""
        missed = self.cancelled + self.no_show if correction else 0
        return self.base + self.assigned - missed


class Standing(msgspec.Struct, frozen=True):
    """One member and what they have had."""

    user: str
    tally: Tally = Tally()
    priority: int = 0


def enrolled(members: Sequence[Standing], roster: Collection[str], *, correction: bool) -> list[Standing]:
    """The members, with those who are not on the roster (new, or there again) at the minimum of the rest.

    `roster` are the users who were members when the page was booked last.
    """
    turns = [one.tally.turn(correction=correction) for one in members if one.user in roster]
    least = min(turns, default=0)
    return [one if one.user in roster else _starting(one, least, correction=correction) for one in members]


def in_order(
    method: Method, members: Sequence[Standing], *, correction: bool = True, seed: str = ""
) -> list[Standing]:
    """The members as they are tried; they are given in the pool's order.

    What no rule decides is drawn by lot: by `seed`, so that whoever knows it draws the same.
    """
    if method == "round_robin":
        return sorted(members, key=lambda one: one.tally.turn(correction=correction))
    if method == "pooled":
        return sorted(members, key=lambda one: (one.tally.order, _lot(seed, one.user)))
    return sorted(members, key=lambda one: (-one.priority, one.tally.order, _lot(seed, one.user)))


def _starting(member: Standing, turn: int, *, correction: bool) -> Standing:
    tally = member.tally
    base = tally.base + turn - tally.turn(correction=correction)
    return msgspec.structs.replace(member, tally=msgspec.structs.replace(tally, base=base))


def _lot(seed: str, user: str) -> str:
    """A draw that the script makes likewise: Lua in Redis 6.2 repeats its random numbers."""
    return sha1(f"{seed}:{user}".encode(), usedforsecurity=False).hexdigest()
