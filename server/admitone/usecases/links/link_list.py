"""List links, newest first: all, of a page, by a user, in a state, or found by their search words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.links.link import Channel, LinkState
from admitone.domain.links.target import is_available
from admitone.domain.reports.counts import domain_of
from admitone.domain.reports.shares import link_workflow
from admitone.store.records.documents import link_words
from admitone.store.records.link_indexes import choose_link_index
from admitone.store.records.readers import read_customers, read_links
from admitone.usecases.links.link_view import LinkView, as_shown_to, view_links
from admitone.usecases.pages.target_read import read_targets
from admitone.usecases.shared.listing import Listing, PageSize, filtered_listing
from admitone.usecases.shared.report_days import EVER, Bounds
from admitone.usecases.shared.search import Searched, searched_listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.links.link import Link
    from admitone.domain.links.target import Target
    from admitone.usecases.shared.services import Caller, Services


MICROSECONDS = 1_000_000
"""Of a second: lists of links are by their creation in microseconds."""
LATER = 60
"""Seconds by which a link's place in the lists may differ from its `created_at`: it is decided later."""


class LinkFilters(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What selects the links of a list, or of a table.

    `workflow` made the link; `domain` is that of the person's address.
    """

    status: LinkState | None = None
    page: str | None = None
    event_type: str | None = None
    created_by: str | None = None
    channel: Channel | None = None
    workflow: str | None = None
    domain: str | None = None
    q: str | None = None

    def select(self, link: Link) -> bool:
        """Whether a link has what the filters name, apart from `status` and `q`."""
        return (
            self.page in {None, link.page}
            and self.event_type in {None, link.event_type}
            and self.created_by in {None, link.created_by}
            and self.channel in {None, link.channel}
            and (self.domain is None or self.domain.casefold() == domain_of(link.email))
            and self.workflow in {None, link_workflow(link.counted)}
        )


class LinkQuery(LinkFilters, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters of a list of links."""

    limit: PageSize = 50
    cursor: str | None = None


async def list_file_links(
    services: Services, caller: Caller, import_id: str, *, limit: int, cursor: str | None
) -> Listing[LinkView]:
    """The links that were made for the people of a file, in the order of its rows. Raises Invalid (`cursor`).

    The caller must be allowed to see the import.
    """
    store, targets = services.store, dict[str, "Target | None"]()

    async def read(ids: Sequence[str]) -> list[Link]:
        links = await read_links(store, caller.workspace, ids)
        targets.update(await read_targets(caller.snapshot, [link.page for link in links]))
        return links

    found = await filtered_listing(
        store,
        store.keys(caller.workspace).imported_links(import_id),
        cursor=cursor,
        limit=limit,
        newest_first=False,
        read=read,
        matches=lambda _: True,
    )
    return Listing(await view_links(services, caller, found.items, targets), found.next_cursor)


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
            query.select(link)
            and query.status in {None, link.state(now, available=available)}
            and made.hold(link.created_at)
        )

    async def words(links: Sequence[Link]) -> list[list[str]]:
        customers = await read_customers(store, caller.workspace, links)
        return [link_words(link, customers[link.id]) for link in links]

    if query.q:
        found = await searched_listing(
            store,
            Searched(
                key=store.keys(caller.workspace).link_words,
                read=read,
                words=words,
                matches=matches,
            ),
            query.q,
            cursor=query.cursor,
            limit=query.limit,
        )
    else:
        index = await choose_link_index(
            store,
            caller.workspace,
            page=query.page,
            user=query.created_by,
            state=query.status,
            now=now,
        )
        found = await filtered_listing(
            store,
            index.key,
            cursor=query.cursor,
            limit=query.limit,
            newest_first=True,
            low="-inf" if made.first is None else (made.first - LATER) * MICROSECONDS,
            high="+inf" if made.last is None else (made.last + LATER) * MICROSECONDS,
            read=read,
            matches=matches,
            beside=index.beside,
        )
    views = await view_links(services, caller, found.items, targets)
    return Listing([as_shown_to(caller, view) for view in views], found.next_cursor)
