"""List what happened in the workspace, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.activity.entry import order_of
from admitone.store.records.activity import read_activity
from admitone.usecases.activity.activity_view import ActivityView, view_entries
from admitone.usecases.activity.own_history import own_history
from admitone.usecases.activity.sentences import SENTENCES, is_told
from admitone.usecases.shared.listing import Listing, PageSize, refuse_bad_cursor, stream_listing
from admitone.usecases.shared.ownership import sees_all

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from admitone.domain.activity.entry import Entry
    from admitone.domain.date_text import DateText
    from admitone.domain.event import EventKind
    from admitone.usecases.shared.services import Caller, Services

    ActivityKind = EventKind
else:
    ActivityKind = Literal[(*SENTENCES, "contacts.imported")]  # the kinds that the activity shows


class ActivityFilter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which entries: of a kind, a page or a workflow, or those that concern a host (a user's id)."""

    kind: ActivityKind | None = None
    page: str | None = None
    host: str | None = None
    workflow: str | None = None

    def matches(self, entry: Entry) -> bool:
        """Whether an entry is one of these."""
        return (
            self.kind in {None, entry.event.type}
            and self.page in {None, entry.page}
            and (self.host is None or entry.is_own(self.host))
            and self.workflow in {None, entry.workflow}
        )


class ActivityQuery(ActivityFilter, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters of the list. One of `link`, `booking` and `contact` shows its own, complete history."""

    link: str | None = None
    booking: str | None = None
    contact: str | None = None
    limit: PageSize = 50
    cursor: str | None = None


async def list_activity(
    services: Services, caller: Caller, query: ActivityQuery, clock: DateText
) -> Listing[ActivityView]:
    """One part of the entries that match and that the caller may see.

    At most `EXAMINED` entries are looked at (docs/api.md), so a part may be short, or empty, and still have a
    next one. Raises Invalid for a bad cursor or more than one of link, booking and contact, and NotFound for
    one that is not there or not shown to the caller.
    """
    refuse_bad_cursor(query.cursor)
    history = await own_history(services, caller, query.link, query.booking, query.contact)
    if history is not None:
        found = _part(history, query)
    else:
        is_shown = await shown_to(caller)
        found = await stream_listing(
            lambda before, limit: read_activity(services.store, caller.workspace, before=before, limit=limit),
            lambda entry: is_shown(entry) and query.matches(entry),
            cursor=query.cursor,
            limit=query.limit,
        )
    return Listing(await view_entries(services, caller, found.items, clock), found.next_cursor)


async def shown_to(caller: Caller) -> Callable[[Entry], bool]:
    """Which entries the caller sees (docs/rules/members.md): those that concern them, or all."""
    if await sees_all(caller):
        return lambda entry: is_told(entry.event)
    return lambda entry: is_told(entry.event) and entry.is_own(caller.user.id)


def _part(history: Sequence[Entry], query: ActivityQuery) -> Listing[Entry]:
    """A part of a history, which was read as a whole."""
    rest = [
        entry
        for entry in history
        if is_told(entry.event)
        and query.matches(entry)
        and (query.cursor is None or order_of(entry.id) < order_of(query.cursor))
    ]
    shown = rest[: query.limit]
    return Listing(shown, shown[-1].id if len(rest) > query.limit else None)
