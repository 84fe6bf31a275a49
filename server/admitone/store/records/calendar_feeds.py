"""What one request for a calendar feed reads, and the number of requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.budgets import FEED_REQUESTS
from admitone.store.records.index import entries_of
from admitone.store.records.readers import occupied_time
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.records.readers import OccupiedTime
    from admitone.store.store import Store


async def read_feed(
    store: Store, workspace: str, user: str, *, since: int, most: int, now: int
) -> tuple[int, list[OccupiedTime]]:
    """The requests for the user's feed in this hour of the clock, this one included, and their bookings.

    These are the `most` earliest of those that start at `since` (epoch seconds) or later. One trip; the count
    may be lost in a failover.
    """
    keys = store.keys(workspace)
    counter = keys.feed_requests(user, now // FEED_REQUESTS.period)
    bounds = (since, "+inf", "WITHSCORES", "LIMIT", 0, most)
    _, requests, members = await store.send(
        Command(("SET", counter, 0, "EX", 2 * FEED_REQUESTS.period, "NX"), may_be_lost=True),
        Command(("INCR", counter), may_be_lost=True),
        Command(("ZRANGEBYSCORE", keys.occupied(user), *bounds)),
    )
    return int(requests), [occupied_time(entry.score, entry.id) for entry in entries_of(members)]
