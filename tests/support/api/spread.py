"""Whether each booking of a pool went to whom its distribution promises, by what had happened until then.

The activity stream has all that happened to a workspace's bookings in the order in which it did. It is gone
through once more here, by rules written down anew: of the server's own counters nothing is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.availability.distribution import Method
    from tests.support.api.servers import Servers

NEVER = 0


class Had(msgspec.Struct):
    """What one user has had so far: bookings given, those missed or cancelled, and which was the last."""

    given: int = 0
    missed: int = 0
    last: int = NEVER
    starts: set[int] = set()
    """When they are busy; all bookings are equally long and start on one grid."""

    @property
    def turn(self) -> int:
        """What counts in a round robin, with correction."""
        return self.given - self.missed


async def judge(
    servers: Servers, pool: Sequence[str], method: Method, priorities: Sequence[int]
) -> tuple[list[str], dict[str, Had]]:
    """Each wrong assignment in the workspace as a sentence, and the bookings that each user had."""
    rank = dict(zip(pool, priorities, strict=True))
    had = {user: Had(starts=set()) for user in pool}
    found: list[str] = []
    for kind, booking, user, start in await _history(servers):
        one = had[user]
        if kind != "booking.scheduled":
            one.missed += 1
            one.starts.remove(start)
            continue
        if start in one.starts:
            found.append(f"{user} is booked twice at {start}")
        free = [each for each in pool if start not in had[each].starts]
        if user not in (fitting := _fitting(method, free, had, rank)):
            found.append(f"booking {booking} went to {user}, and not to one of {fitting}")
        one.given += 1
        one.last = sum(each.given for each in had.values())
        one.starts.add(start)
    return found, had


def _fitting(method: Method, free: Sequence[str], had: dict[str, Had], rank: dict[str, int]) -> list[str]:
    """The free users to whom the booking may go; more than one if the choice is drawn by lot."""
    if not free:
        return []
    if method == "round_robin":
        return [min(free, key=lambda user: had[user].turn)]
    highest = max(rank[user] for user in free) if method == "pooled_priority" else None
    rivals = [user for user in free if highest is None or rank[user] == highest]
    longest = min(had[user].last for user in rivals)
    return [user for user in rivals if had[user].last == longest]


async def _history(servers: Servers) -> list[tuple[str, str, str, int]]:
    """What happened to bookings, oldest first: the kind of event, the booking, its host and its start."""
    [workspace] = [each for each in await read_workspaces(servers.redis) if each.id == servers.workspace]
    hosts = {booking: fields["users"] for booking, fields in workspace.records("booking").items()}
    happened = [event for event in workspace.streams["activity"].events if "booking" in event]
    return [
        (event["type"], event["booking"], hosts[event["booking"]], event["start"])
        for event in happened
        if event["type"] in {"booking.scheduled", "booking.cancelled", "booking.no_show"}
    ]
