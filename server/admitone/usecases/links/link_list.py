"""List links, newest first: all, of a page, by a user, in a state, or found by a person's name or address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.links.link import LinkState
from admitone.domain.links.target import is_available
from admitone.store.records.readers import read_links
from admitone.usecases.links.link_view import LinkView, as_shown_to, view_links
from admitone.usecases.pages.target_read import read_targets
from admitone.usecases.shared.listing import (
    EVER,
    Bounds,
    Listing,
    PageSize,
    filtered_listing,
    searched_listing,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.links.link import Link
    from admitone.domain.links.target import Target
    from admitone.store.keys import WorkspaceKeys
    from admitone.usecases.shared.services import Caller, Services


MICROSECONDS = 1_000_000
"""Of a second: lists of links are by their creation in microseconds."""
LATER = 60
"""Seconds by which a link's place in the lists may differ from its `created_at`: it is decided later."""


class LinkFilters(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What selects the links of a list, or of a table."""

    status: LinkState | None = None
    page: str | None = None
    created_by: str | None = None
    q: str | None = None


class LinkQuery(LinkFilters, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters of a list of links."""

    limit: PageSize = 50
    cursor: str | None = None


async def list_links(
    services: Services, caller: Caller, query: LinkQuery, *, made: Bounds = EVER
) -> Listing[LinkView]:
    """One part of the workspace's links that match the query and were `made` then.

    Raises Invalid for a bad cursor.

    Members see that their colleagues' links exist, whatever the setting `members_see` says of the codes.
    """
    store, now = services.store, services.now()
    targets: dict[str, Target | None] = {}

    async def read(ids: Sequence[str]) -> list[Link]:
        links = await read_links(store, caller.workspace, ids)
        targets.update(await read_targets(caller.snapshot, [link.page for link in links]))
        return links

    def matches(link: Link) -> bool:
        available = is_available(targets[link.page], link.event_type)
        return (
            query.page in {None, link.page}
            and query.created_by in {None, link.created_by}
            and query.status in {None, link.state(now, available=available)}
            and made.hold(link.created_at)
        )

    keys = store.keys(caller.workspace)
    if query.q:
        found = await searched_listing(
            store,
            keys.link_words,
            query.q,
            cursor=query.cursor,
            limit=query.limit,
            newest_first=True,
            read=read,
            matches=matches,
            score=lambda link: link.created_at,
        )
    else:
        found = await filtered_listing(
            store,
            _index(keys, query),
            cursor=query.cursor,
            limit=query.limit,
            newest_first=True,
            read=read,
            matches=matches,
            low="-inf" if made.first is None else (made.first - LATER) * MICROSECONDS,
            high="+inf" if made.last is None else (made.last + LATER) * MICROSECONDS,
        )
    views = await view_links(services, caller, found.items, targets)
    return Listing([as_shown_to(caller, view) for view in views], found.next_cursor)


def _index(keys: WorkspaceKeys, query: LinkQuery) -> str:
    """The shortest index that holds all links that can match."""
    if query.page:
        return keys.page_links(query.page)
    return keys.user_links(query.created_by) if query.created_by else keys.links
