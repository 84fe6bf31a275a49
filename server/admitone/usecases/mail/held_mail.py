"""The mails that are held because a budget is used up, and those that lapsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.instant import Instant
from admitone.store.records.mail.held_mails import read_held_mails, subject_of
from admitone.store.records.readers import read_bookings
from admitone.usecases.shared.listing import Listing, filtered_listing, map_listing
from admitone.usecases.shared.ownership import seen_bookings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.bookings.booking import Booking
    from admitone.store.records.mail.held_mails import HeldMail
    from admitone.usecases.shared.listing import ListQuery
    from admitone.usecases.shared.services import Caller, Services


class HeldMailView(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that a job wanted to send; `due` is when it is sent, or given up, and None once it has lapsed.

    `superseded` counts the mails about the same booking that were held before it and will not be sent.
    """

    id: str
    name: str
    state: Literal["held", "lapsed"]
    held_at: Instant
    due: Instant | None
    superseded: int
    booking: str | None


async def list_held_mails(services: Services, caller: Caller, query: ListQuery) -> Listing[HeldMailView]:
    """One part of the held and lapsed mails, newest first; raises Invalid for a bad cursor.

    Members have those about bookings that they see.
    """
    store, workspace = services.store, caller.workspace

    async def read(ids: Sequence[str]) -> list[HeldMail]:
        found = await read_held_mails(store, workspace, ids)
        if caller.is_administrator:
            return found
        bookings = await read_bookings(store, workspace, [mail.booking for mail in found if mail.booking])
        seen = {booking.id for booking in await seen_bookings(caller, bookings)}
        return [mail for mail in found if mail.booking in seen]

    found = await filtered_listing(
        store,
        store.keys(workspace).held_mails,
        cursor=query.cursor,
        limit=query.limit,
        newest_first=True,
        read=read,
        matches=lambda _: True,
    )
    return map_listing(found, _view)


async def held_mail_of(services: Services, caller: Caller, booking: Booking) -> HeldMailView | None:
    """The mail to the booking's customer that is held, or has lapsed; None if there is none."""
    subject = subject_of(services.store, caller.workspace, booking.id, booking.data.email)
    found = await read_held_mails(services.store, caller.workspace, [subject])
    return _view(found[0]) if found else None


def _view(mail: HeldMail) -> HeldMailView:
    return HeldMailView(
        id=mail.id,
        name=mail.name,
        state=mail.state,
        held_at=Instant(mail.since),
        due=Instant(mail.due) if mail.state == "held" else None,
        superseded=mail.superseded,
        booking=mail.booking,
    )
