"""What is written when a customer is asked for another time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.bookings import change_arguments
from admitone.store.records.links import new_link
from admitone.store.records.operations import new_operation

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.domain.links.link import Link
    from admitone.store.records.snapshot import Snapshot
    from admitone.store.store import Answer


async def renew_booking(
    snapshot: Snapshot, booking: Booking, event: Event, link: Link, made: Event, *, created: int
) -> Answer:
    """Cancel `booking`, as it was read, and make `link` for its customer; `created` is epoch microseconds.

    `event` tells of the cancellation, `made` of the link.
    """
    store, workspace = snapshot.store, snapshot.workspace
    keys = store.keys(workspace)
    operation = new_operation()
    return await store.call(
        "booking_renew",
        [
            keys.config,
            keys.booking(booking.id),
            keys.booking_history(booking.id),
            keys.jobs,
            keys.activity,
            keys.counts,
            keys.operation(operation.id),
            keys.turns(booking.page, booking.event_type),
            keys.links,
            keys.page_links(link.page),
            keys.user_links(link.created_by),
            keys.link_words,
            keys.link(link.id),
            *(keys.occupied(user) for user in booking.users),
        ],
        {
            **change_arguments(workspace, booking, event, operation),
            "fresh": new_link(store, workspace, link, made),
            "created": created,
            "counter": snapshot.counter,
            "uses": snapshot.uses,
        },
    )
