"""The mails about the caller's own bookings that wait because nothing can send them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.instant import Instant
from admitone.store.records.mail.waiting_mails import FoundMail, read_waiting
from admitone.usecases.shared.listing import Listing, filtered_listing, map_listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.usecases.shared.listing import ListQuery
    from admitone.usecases.shared.services import Caller, Services


class WaitingMailView(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that its job, of this `name`, wanted to send at `waits_since`."""

    id: str
    name: str
    waits_since: Instant
    booking: str | None


async def list_waiting_mails(
    services: Services, caller: Caller, query: ListQuery
) -> Listing[WaitingMailView]:
    """One part of the mails that the caller's mailbox would send, the soonest booking first.

    Mails that serve no more are left out. Raises Invalid for a bad cursor.
    """
    store, me = services.store, caller.user.id

    async def read(subjects: Sequence[str]) -> list[FoundMail]:
        return await read_waiting(store, caller.workspace, subjects)

    found = await filtered_listing(
        store,
        store.keys(caller.workspace).waiting_of(me),
        cursor=query.cursor,
        limit=query.limit,
        newest_first=False,
        read=read,
        matches=lambda one: one.host == me,  # else another host took the booking over
        low=f"({services.now()}",
    )
    return map_listing(found, _view)


def _view(found: FoundMail) -> WaitingMailView:
    job = found.mail.job
    return WaitingMailView(
        id=found.id, name=job.name, waits_since=Instant(found.mail.since), booking=job.event.booking
    )
