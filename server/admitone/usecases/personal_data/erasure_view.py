"""Erasures and requests as administrators see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import NotFound
from admitone.domain.instant import Instant
from admitone.domain.people.erasure import Files, State
from admitone.store.records.erasures import read_erasures
from admitone.store.records.readers import read_bookings
from admitone.usecases.shared.listing import Listing, filtered_listing, map_listing

if TYPE_CHECKING:
    from admitone.domain.people.erasure import Erasure
    from admitone.usecases.shared.listing import ListQuery
    from admitone.usecases.shared.services import Caller, Services


class ErasureView(msgspec.Struct, frozen=True, kw_only=True):
    """An erasure, or a customer's request for one.

    `email` is null once it is done: nothing here names the person any more. `bookings`, `links`, `contacts`,
    `mails` and `jobs` count what was erased, `guests` the bookings of others that stay without this guest,
    `left` the bookings that were made meanwhile and are still to come. `files` is `rewritten` once Redis's
    own files no longer hold what was erased, `refused` if this Redis does not let us rewrite them, and
    `none` if it keeps none.
    """

    id: str
    state: State
    requested_by: str
    started_at: Instant
    done_at: Instant | None
    email: str | None
    booking: str | None
    bookings: int
    links: int
    contacts: int
    mails: int
    jobs: int
    guests: int
    left: int
    files: Files | None


async def list_erasures(services: Services, caller: Caller, query: ListQuery) -> Listing[ErasureView]:
    """One page of the workspace's erasures and requests, newest first; raises Invalid for a bad cursor."""
    store, workspace = services.store, caller.workspace
    found = await filtered_listing(
        store,
        store.keys(workspace).erasures,
        cursor=query.cursor,
        limit=query.limit,
        newest_first=True,
        read=lambda ids: _with_addresses(services, workspace, list(ids)),
        matches=lambda _: True,
    )
    return map_listing(found, view_erasure)


async def read_erasure(services: Services, workspace: str, erasure: str) -> Erasure:
    """One erasure; raises NotFound."""
    found = await _with_addresses(services, workspace, [erasure])
    if not found:
        raise NotFound
    return found[0]


def view_erasure(erasure: Erasure) -> ErasureView:
    """The view of an erasure whose address is known, if anything knows it."""
    return ErasureView(
        id=erasure.id,
        state=erasure.state,
        requested_by=erasure.by,
        started_at=Instant(erasure.at),
        done_at=None if erasure.done_at is None else Instant(erasure.done_at),
        email=erasure.email,
        booking=erasure.booking,
        bookings=erasure.bookings,
        links=erasure.links,
        contacts=erasure.contacts,
        mails=erasure.mails,
        jobs=erasure.jobs,
        guests=erasure.guests,
        left=erasure.left,
        files=erasure.files,
    )


async def _with_addresses(services: Services, workspace: str, ids: list[str]) -> list[Erasure]:
    """The erasures; a request gets the address of the booking that it names.

    If that booking was erased meanwhile, by another erasure or by retention, the request is done.
    """
    found = await read_erasures(services.store, workspace, ids)
    named = [one.booking for one in found if one.booking and one.email is None]
    bookings = await read_bookings(services.store, workspace, named) if named else []
    emails = {booking.id: booking.data.email for booking in bookings}
    known = (msgspec.structs.replace(one, email=one.email or emails.get(one.booking or "")) for one in found)
    return [
        msgspec.structs.replace(one, state="done", booking=None)
        if one.state == "requested" and one.email is None
        else one
        for one in known
    ]
