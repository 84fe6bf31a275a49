"""Which hosts can take each place of a slot, if every place needs a different user."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.availability.case import Host, Places

_ZERO_ONE = bytes.maketrans(b"01", b"\x00\x01")


class Roster:
    """The hosts of a case, each a bit of a mask (`hosts[i]` is bit i), and the places that they can fill."""

    def __init__(self, groups: Sequence[Sequence[Host]]) -> None:
        self.hosts = list({host.id: host for group in groups for host in group}.values())
        self._ids = [host.id for host in self.hosts]
        self._users = {host.id: host.user or host.id for host in self.hosts}
        bit = {name: 1 << index for index, name in enumerate(self._ids)}
        self._ranks = [{host.id: rank for rank, host in enumerate(group)} for group in groups]
        self._masks = [sum(bit[name] for name in ranks) for ranks in self._ranks]
        self._in_order = [sorted(ranks, key=bit.__getitem__) == list(ranks) for ranks in self._ranks]
        users = [{self._users[name] for name in ranks} for ranks in self._ranks]
        self._rivals = sum(map(len, users)) > len(set().union(*users))

    def places(self, free: int) -> Places | None:
        """For each group the ids that can take its place, given the mask of free hosts; None if one has none.

        A free host whom another place needs is left out here: whichever of the returned hosts takes a place,
        the other places can still be filled.
        """
        groups = []
        for place, mask in enumerate(self._masks):
            if not mask & free:
                return None
            groups.append(self._named(place, mask & free))
        return _distinct(groups, self._users) if self._rivals else tuple(groups)

    def _named(self, place: int, mask: int) -> tuple[str, ...]:
        # Bytes of 0 and 1 let compress() run in C: with fifty hosts, a loop over bits was the slowest part.
        chosen = format(mask, "b").encode().translate(_ZERO_ONE)[::-1]
        names = compress(self._ids, chosen)
        return tuple(names if self._in_order[place] else sorted(names, key=self._ranks[place].__getitem__))


def can_fill(options: Sequence[Sequence[str]]) -> bool:
    """Whether every place can have a different user; `options` has the users who could take each place."""
    seats: dict[str, int] = {}
    return all(_seat(place, options, seats, set()) for place in range(len(options)))


def _distinct(groups: list[tuple[str, ...]], users: dict[str, str]) -> Places | None:
    """Each group reduced to hosts with whom every group gets a different user; None if impossible."""
    options = [list(dict.fromkeys(users[name] for name in group)) for group in groups]
    seats: dict[str, int] = {}
    for place in range(len(options)):
        if not _seat(place, options, seats, set()):
            return None
    return tuple(
        tuple(name for name in group if _can_sit(users[name], place, options, seats))
        for place, group in enumerate(groups)
    )


def _seat(place: int, options: Sequence[Sequence[str]], seats: dict[str, int], tried: set[str]) -> bool:
    """Give `place` one of its users and move others if needed; `seats` maps users to places.

    Kuhn's algorithm for bipartite matching.
    """
    for user in options[place]:
        if user not in tried:
            tried.add(user)
            if user not in seats or _seat(seats[user], options, seats, tried):
                seats[user] = place
                return True
    return False


def _can_sit(user: str, place: int, options: list[list[str]], seats: dict[str, int]) -> bool:
    """Whether all places can be filled with this user in this place; `seats` fills all of them already."""
    displaced = seats.get(user)
    if displaced is None or displaced == place:
        return True
    others = {sitting: at for sitting, at in seats.items() if at != place}
    others[user] = place
    return _seat(displaced, options, others, {user})
