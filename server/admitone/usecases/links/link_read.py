"""Show one link, with what happened to it."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from admitone.domain.errors import NotFound
from admitone.domain.instant import Instant
from admitone.store.records.readers import read_bookings, read_histories, read_links
from admitone.usecases.links.link_view import LinkView, as_shown_to, view_links
from admitone.usecases.pages.target_read import read_targets
from admitone.usecases.shared.booking_view import BookingView, host_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.domain.links.link import Link
    from admitone.usecases.shared.services import Caller, Services


async def read_link(services: Services, caller: Caller) -> LinkView:
    """The link that was read, with its timeline; raises NotFound."""
    link = caller.snapshot.link
    if link is None:
        raise NotFound
    view = as_shown_to(caller, await _view(services, caller, link))
    view.timeline = await _timeline(services, caller.workspace, link, view.bookings)
    return view


async def read_link_view(services: Services, caller: Caller, link_id: str) -> LinkView:
    """The link as it is now; raises NotFound."""
    links = await read_links(services.store, caller.workspace, [link_id])
    if not links:
        raise NotFound
    return await _view(services, caller, links[0])


async def read_link_views(services: Services, caller: Caller, ids: Sequence[str]) -> list[LinkView]:
    """The links with these ids as the caller may see them; ids without a link are left out."""
    links = await read_links(services.store, caller.workspace, ids)
    targets = await read_targets(caller.snapshot, [link.page for link in links])
    return await view_links(services, caller, links, targets)


async def _view(services: Services, caller: Caller, link: Link) -> LinkView:
    targets = await read_targets(caller.snapshot, [link.page])
    return (await view_links(services, caller, [link], targets))[0]


async def read_link_bookings(services: Services, caller: Caller, view: LinkView) -> list[BookingView]:
    """The bookings of a link that the caller may see, oldest first."""
    bookings = await read_bookings(services.store, caller.workspace, view.bookings)
    return [host_view(services, booking) for booking in bookings]


async def _timeline(
    services: Services, workspace: str, link: Link, seen: Sequence[str]
) -> list[dict[str, Any]]:
    """The events of the link and of its `seen` bookings, oldest first, from their own records.

    The activity stream is trimmed, so it may lack events of an old link. An entry with `opened: false` says
    that the link was used although no person was seen to open it.
    """
    keys = services.store.keys(workspace)
    bookings = await read_bookings(services.store, workspace, seen)
    histories = await read_histories(
        services.store,
        keys.link_history(link.id),
        *(keys.booking_history(booking.id) for booking in bookings),
    )
    entries: list[dict[str, Any]] = [_entry("link.created", link.created_at, by=link.created_by)]
    if link.fetched_at is not None:
        entries.append(_entry("link.fetched", link.fetched_at))
    if link.opened_at is not None:
        entries.append(_entry("link.opened", link.opened_at, by="customer"))
    entries += [
        _entry(
            "booking.scheduled",
            booking.data.created_at,
            by="customer",
            booking=booking.id,
            **({} if _was_opened(link, booking) else {"opened": False}),
        )
        for booking in bookings
    ]
    entries += [
        _entry_of(event) for events in histories for event in events if event.booking in {None, *seen}
    ]
    entries += [
        _entry("booking.completed", booking.end, booking=booking.id)
        for booking in bookings
        if booking.status_at(services.now()) == "completed"
    ]
    if link.expires_at is not None and link.expires_at <= services.now():
        entries.append(_entry("link.expired", link.expires_at))
    return sorted(entries, key=itemgetter("at"))


def _was_opened(link: Link, booking: Booking) -> bool:
    """Whether a person was seen on the link's page by the time of the booking (see `open_link`)."""
    return link.opened_at is not None and link.opened_at <= booking.data.created_at


def _entry_of(event: Event) -> dict[str, Any]:
    more = {"booking": event.booking, "reason": event.reason}
    return _entry(event.type, event.at, by=event.by, **{name: value for name, value in more.items() if value})


def _entry(kind: str, at: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "at": Instant(at), **more}
