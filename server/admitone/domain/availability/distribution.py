"""Whose turn it is: the order in which the members of a pool are tried (docs/rules/distribution.md).

The script that books decides by the same rules (store/lua/include/orders.lua) on the state at that moment.
The functions here predict its choice, for the list of times and for the dashboard's explanation.
"""

from __future__ import annotations

from hashlib import sha1
from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

Method = Literal["round_robin", "pooled", "pooled_priority"]
Criterion = Literal["turn", "priority", "idle", "lot"]
"""The criteria for comparing members: lowest turn, highest priority, longest idle, or a lot."""


class MethodRule(msgspec.Struct, frozen=True):
    """How one method chooses, and the messages that explain it to hosts.

    `criteria` are compared one after the other; members that are equal in all of them keep the pool's order.
    """

    name: str
    meaning: str
    order: str
    criteria: tuple[Criterion, ...]

    @property
    def lists_one_member(self) -> bool:
        """Whether the list of times shows only the times of the member whose turn is next."""
        return "turn" in self.criteria

    @property
    def draws_lots(self) -> bool:
        """Whether a lot decides between equal members."""
        return "lot" in self.criteria

    @property
    def has_priorities(self) -> bool:
        """Whether the members' priorities count."""
        return "priority" in self.criteria


METHODS: Mapping[Method, MethodRule] = {
    "round_robin": MethodRule(
        name=message("Round robin"),
        meaning=message(
            "In turn: whoever has had the fewest bookings comes next, and customers see that person’s times."
        ),
        order=message(
            "Round robin: whoever has had the fewest turns comes first, then the order of the list."
        ),
        criteria=("turn",),
    ),
    "pooled": MethodRule(
        name=message("Pooled"),
        meaning=message(
            "Customers see the times of all. Of those who are free, whoever has waited longest gets the "
            "booking."
        ),
        order=message("Pooled: whoever has waited longest comes first."),
        criteria=("idle", "lot"),
    ),
    "pooled_priority": MethodRule(
        name=message("Pooled, by priority"),
        meaning=message("As pooled, but the highest priority of those who are free comes first."),
        order=message("Pooled, by priority: the highest comes first, then whoever has waited longest."),
        criteria=("priority", "idle", "lot"),
    ),
}
"""Every method. The script knows them too: store/lua/include/orders.lua, which a test compares with this."""


class Tally(msgspec.Struct, frozen=True):
    """One user's bookings of one master page and event type; `base` is the number at which their turn began.

    The page's bookings are numbered as they are created. `order` is the number of the user's last booking (0
    for none), and `created` is when that booking was created (epoch seconds).
    """

    assigned: int = 0
    cancelled: int = 0
    no_show: int = 0
    base: int = 0
    order: int = 0
    created: int = 0

    def turn(self, *, correction: bool) -> int:
        """The user's turn in a round robin; with correction, cancelled bookings and no-shows do not count."""
        missed = self.cancelled + self.no_show if correction else 0
        return self.base + self.assigned - missed


class Standing(msgspec.Struct, frozen=True):
    """One member with their tally and priority."""

    user: str
    tally: Tally = Tally()
    priority: int = 0


def enrolled(members: Sequence[Standing], roster: Collection[str], *, correction: bool) -> list[Standing]:
    """The members; those who are not on the roster (new, or back again) start at the minimum of the others.

    `roster` are the users who were members when the page was last booked.
    """
    turns = [one.tally.turn(correction=correction) for one in members if one.user in roster]
    least = min(turns, default=0)
    return [one if one.user in roster else _starting(one, least, correction=correction) for one in members]


def in_order(
    method: Method, members: Sequence[Standing], *, correction: bool = True, seed: str = ""
) -> list[Standing]:
    """The members in the order in which they are tried; `members` has the pool's order.

    Where no rule decides, a lot does. It is a function of `seed`, so that the script draws the same.
    """
    keys: Mapping[Criterion, Callable[[Standing], int | str]] = {
        "turn": lambda one: one.tally.turn(correction=correction),
        "priority": lambda one: -one.priority,
        "idle": lambda one: one.tally.order,
        "lot": lambda one: _lot(seed, one.user),
    }
    return sorted(members, key=lambda one: [keys[each](one) for each in METHODS[method].criteria])


def are_equal(method: Method, one: Standing, other: Standing) -> bool:
    """Whether a lot decides between two members."""
    rule = METHODS[method]
    same_priority = not rule.has_priorities or one.priority == other.priority
    return rule.draws_lots and same_priority and one.tally.order == other.tally.order


def _starting(member: Standing, turn: int, *, correction: bool) -> Standing:
    tally = member.tally
    base = tally.base + turn - tally.turn(correction=correction)
    return msgspec.structs.replace(member, tally=msgspec.structs.replace(tally, base=base))


def _lot(seed: str, user: str) -> str:
    """A lot that the script draws in the same way: random numbers of Lua in Redis 6.2 repeat themselves."""
    return sha1(f"{seed}:{user}".encode(), usedforsecurity=False).hexdigest()
