"""The indexes of links: which of them a list reads, and which links are due to expire."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.links.link import LinkState
from admitone.store.records.index import IndexEntry, read_index
from admitone.store.records.readers import EXAMINED
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.keys import WorkspaceKeys
    from admitone.store.store import Store


class LinkIndex(msgspec.Struct, frozen=True):
    """An index of links by creation (epoch microseconds), and entries that belong to it but are not in it."""

    key: str
    beside: list[IndexEntry] = []


async def choose_link_index(
    store: Store, workspace: str, *, page: str | None, user: str | None, state: LinkState | None, now: int
) -> LinkIndex:
    """The smallest index that holds all links of this page, user and state; None for any.

    There is none for links that are active or unavailable at `now` (epoch seconds).
    """
    keys = store.keys(workspace)
    found = [LinkIndex(keys.page_links(page))] if page else []
    found += [LinkIndex(keys.user_links(user))] if user else []
    found += [index] if (index := await _index_of_state(store, keys, state, now)) else []
    if not found:
        return LinkIndex(keys.links)
    if len(found) == 1:
        return found[0]
    sizes = await store.send(*(Command(("ZCARD", index.key)) for index in found))
    return min(zip(sizes, found, strict=True), key=lambda one: one[0] + len(one[1].beside))[1]


async def next_expiry(store: Store, workspace: str, after: int) -> int | None:
    """When the next link expires, later than `after` (epoch seconds), None if no link will."""
    key = store.keys(workspace).expiring_links
    found = await read_index(store, key, after=None, limit=1, newest_first=False, low=f"({after}")
    return found[0].score if found else None


async def _index_of_state(
    store: Store, keys: WorkspaceKeys, state: LinkState | None, now: int
) -> LinkIndex | None:
    if state is LinkState.BOOKED:
        return LinkIndex(keys.booked_links)
    if state is LinkState.REVOKED:
        return LinkIndex(keys.revoked_links)
    if state is not LinkState.EXPIRED:
        return None
    due = await read_index(
        store, keys.expiring_links, after=None, limit=EXAMINED + 1, newest_first=False, high=now
    )
    if not due:
        return LinkIndex(keys.expired_links)
    if len(due) > EXAMINED:  # no worker has announced them yet: examine all links
        return None
    ids = [entry.id for entry in due]
    [places] = await store.send(Command(("ZMSCORE", keys.links, *ids)))
    return LinkIndex(
        keys.expired_links,
        [IndexEntry(int(float(place)), one) for one, place in zip(ids, places, strict=True) if place],
    )
