"""Recount reports from the links and bookings, beside running servers (docs/rules/reports.md).

Each record is one script, which takes off what the record has contributed and adds what follows from it now.
So this can be stopped, and run again, at any time.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from admitone.domain.errors import Busy
from admitone.domain.reports.recount import recounted_booking, recounted_link
from admitone.domain.reports.shares import GENERAL, read_booking_share, read_link_share
from admitone.store.codes import Code
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.store.records.readers import read_bookings, read_histories, read_links
from admitone.store.records.reports.recount import (
    read_reports_from,
    recount_booking,
    recount_link,
    workspace_ids,
)
from admitone.store.records.workflows.runs import read_runs
from admitone.store.store import Store
from admitone.usecases.shared.index_walk import walk_index
from admitone.usecases.shared.reporting_day import reporting_zone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.domain.links.link import Link

ATTEMPTS = 5
"""How often a record that changes at this moment is read again."""
HISTORY = 199
"""Events that a history keeps (store/lua/include/history.lua): a longer one lacks its beginning."""


class Progress(msgspec.Struct):
    """How many links and bookings were looked at, and how many of them were counted anew."""

    seen: int = 0
    changed: int = 0


class _Place(msgspec.Struct, frozen=True):
    """One workspace; what was counted of days before `since` is left alone."""

    store: Store
    workspace: str
    zone: ZoneInfo
    since: date


async def rebuild_reports(store: Store) -> AsyncIterator[Progress]:
    """Recount all workspaces; the same object again and again, as it goes on. Raises Busy."""
    progress = Progress()
    for workspace in await workspace_ids(store):
        snapshot = await read_snapshot(store, workspace, Wanted(records=(SETTINGS,)))
        if await snapshot.settings() is None:
            continue  # a workspace whose creation was not finished
        since = await read_reports_from(store, workspace)
        place = _Place(store, workspace, await reporting_zone(snapshot), since)
        changed = -1
        while changed != progress.changed:  # a booking that moves meanwhile may be passed over
            changed = progress.changed
            async for _ in _walk(place, progress):
                yield progress


async def _walk(place: _Place, progress: Progress) -> AsyncIterator[None]:
    keys = place.store.keys(place.workspace)
    async for ids in walk_index(place.store, keys.links):
        for link in await read_links(place.store, place.workspace, ids):
            progress.changed += await _recount_link(place, link)
        progress.seen += len(ids)
        yield
    async for ids in walk_index(place.store, keys.bookings):
        found = await read_bookings(place.store, place.workspace, ids)
        histories = await read_histories(place.store, *(keys.booking_history(one.id) for one in found))
        for booking, history in zip(found, histories, strict=True):
            progress.changed += await _recount_booking(place, booking, history)
        progress.seen += len(ids)
        yield


async def _recount_link(place: _Place, link: Link) -> bool:
    """Whether the link is counted anew."""
    found: Sequence[Link] = [link]
    for _ in range(ATTEMPTS):
        if not found:
            return False
        [link] = found
        share = read_link_share(link.counted) if link.counted else None
        if share is not None and share.day < place.since:
            return False
        workflow = share.workflow if share else await _workflow(place, link)
        after = recounted_link(link, workflow, place.zone)
        first = None if share else await _first_booked(place, link)
        code = await recount_link(place.store, place.workspace, link, after, first)
        if code is not Code.MOVED:
            return code is not None
        found = await read_links(place.store, place.workspace, [link.id])
    raise Busy


async def _recount_booking(place: _Place, booking: Booking, history: Sequence[Event]) -> bool:
    """Whether the booking is counted anew."""
    keys = place.store.keys(place.workspace)
    for _ in range(ATTEMPTS):
        if booking.sequence > HISTORY:
            return False
        share = read_booking_share(booking.counted, booking.users) if booking.counted else None
        if share is not None and share.entries[0].day < place.since:
            return False
        source = (share.channel, share.workflow) if share else await _source(place, booking)
        if source is None:
            return False
        if len(history) == booking.sequence:
            after = recounted_booking(booking, history, *source, place.zone)
            code = await recount_booking(place.store, place.workspace, booking, after)
            if code is not Code.MOVED:
                return code is not None
        found = await read_bookings(place.store, place.workspace, [booking.id])
        if not found:
            return False
        [booking] = found
        [history] = await read_histories(place.store, keys.booking_history(booking.id))
    raise Busy


async def _source(place: _Place, booking: Booking) -> tuple[str, str | None] | None:
    """The channel and the workflow of the booking's link; None if that was erased."""
    if booking.link is None:
        return GENERAL, None
    found = await read_links(place.store, place.workspace, [booking.link])
    if not found:
        return None
    [link] = found
    share = read_link_share(link.counted) if link.counted else None
    return link.channel, share.workflow if share else await _workflow(place, link)


async def _workflow(place: _Place, link: Link) -> str | None:
    """The workflow of the run that made the link; None if there is none, or the run is gone."""
    runs = await read_runs(place.store, place.workspace, [link.run]) if link.run else []
    return runs[0].workflow if runs else None


async def _first_booked(place: _Place, link: Link) -> int | None:
    """When the first of its bookings that are still there was made."""
    if link.first_booked_at is not None or not link.bookings:
        return None
    found = await read_bookings(place.store, place.workspace, link.bookings)
    return min((booking.data.created_at for booking in found), default=None)
