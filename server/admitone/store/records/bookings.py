"""What is written of bookings: one typed function for each script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.availability.distribution import Method
from admitone.store.records.documents import booking_document
from admitone.store.records.operations import RESEND_LIFETIME, Operation, new_operation
from admitone.store.records.search_words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.bookings.booking import Booking, EventPlace
    from admitone.domain.event import Event
    from admitone.store.records.snapshot import Snapshot
    from admitone.store.store import Answer, Store


class Slot(msgspec.Struct, frozen=True):
    """A time with its buffers, in epoch seconds and seconds, and the event type that it counts for."""

    start: int
    end: int
    before: int
    after: int
    event_type: str


class Order(msgspec.Struct, frozen=True):
    """How the candidates of a place are put in order: all `members` of it, and the priority of each.

    `members` are users, candidates for the time or not; a turn is counted among all of them.
    """

    method: Method
    members: Sequence[str]
    priorities: Sequence[int]
    correction: bool = True


class Rate(msgspec.Struct, frozen=True):
    """How many bookings a hashed network address may make within `period` seconds."""

    address: str
    most: int
    period: int


Limits = list[list[tuple[int, int, int]]]
"""For each user the limits that hold: from, to (epoch seconds) and how many bookings at most, 0 for none."""


async def book(
    snapshot: Snapshot,
    booking: Booking,
    *,
    candidates: Sequence[str],
    places: Sequence[Sequence[int]],
    limits: Limits,
    now: int,
    event: Event,
    operation: Operation | None,
    kept: str | None,
    orders: Sequence[Order] | None = None,
    pages: Sequence[str] | None = None,
    seed: str = "",
    rate: Rate | None = None,
) -> Answer:
    """Book: `places` lists for each place indexes into `candidates`, from 0, in the pool's order.

    With `orders` (one for each place) the script puts them in the order that they are to be tried in, by what
    each has had of the booking's page and event type at that moment; `seed` decides ties. `pages` are the
    booking pages of the candidates, where the booking's own page is a master page.

    The booking's own `users` are not read: the script chooses them.
    """
    store, workspace = snapshot.store, snapshot.workspace
    keys = store.keys(workspace)
    fields = ["page", booking.page, *(["link", booking.link] if booking.link else [])]
    return await store.call(
        "book",
        [
            keys.config,
            keys.booking(booking.id),
            keys.booking_data(booking.id),
            keys.jobs,
            keys.activity,
            keys.counts,
            keys.bookings,
            keys.page_bookings(booking.page),
            keys.booking_words,
            keys.operation(operation.id if operation else booking.id),
            keys.link(booking.link or "none"),
            keys.turns(booking.page, booking.event_type),
            keys.address_bookings(rate.address if rate else "none"),
            *(keys.occupied(user) for user in candidates),
        ],
        {
            "now": now,
            "workspace": workspace,
            "booking": booking.id,
            "link": booking.link,
            "slot": _slot(booking),
            "users": list(candidates),
            "places": [[index + 1 for index in place] for place in places],
            "orders": None if orders is None else [msgspec.to_builtins(order) for order in orders],
            "pages": None if pages is None else list(pages),
            "seed": seed,
            "rate": {"most": rate.most, "period": rate.period} if rate else None,
            "limits": limits,
            "counter": snapshot.counter,
            "uses": snapshot.uses,
            "fields": fields,
            "data": booking_document(booking.data),
            "words": words_of(booking.data.name, booking.data.email),
            "event": msgspec.json.encode(event).decode(),
            "operation": kept if operation else None,
            "lifetime": operation.lifetime if operation else RESEND_LIFETIME,
        },
    )


async def reschedule_booking(
    snapshot: Snapshot,
    booking: Booking,
    slot: Slot,
    *,
    limits: Limits,
    by_customer: bool,
    event: Event,
) -> Answer:
    """Move `booking`, as it was read, to `slot`."""
    store, workspace = snapshot.store, snapshot.workspace
    keys = store.keys(workspace)
    operation = new_operation()
    return await store.call(
        "booking_reschedule",
        [
            keys.config,
            keys.booking(booking.id),
            keys.booking_history(booking.id),
            keys.jobs,
            keys.activity,
            keys.counts,
            keys.bookings,
            keys.page_bookings(booking.page),
            keys.operation(operation.id),
            *(keys.occupied(user) for user in booking.users),
        ],
        {
            **change_arguments(workspace, booking, event, operation),
            "slot": msgspec.to_builtins(slot),
            "limits": limits,
            "by_customer": by_customer,
            "counter": snapshot.counter,
            "uses": snapshot.uses,
        },
    )


async def reassign_booking(
    snapshot: Snapshot,
    booking: Booking,
    *,
    users: Sequence[str],
    pages: Sequence[str],
    limits: Sequence[tuple[int, int, int]],
    event: Event,
    now: int,
) -> Answer:
    """Give one place of `booking`, as it was read, to another user; `users` and `pages` are those after it.

    `limits` are those of who gets the place.
    """
    store, workspace = snapshot.store, snapshot.workspace
    keys = store.keys(workspace)
    operation = new_operation()
    [taker] = set(users) - set(booking.users)
    return await store.call(
        "booking_reassign",
        [
            keys.config,
            keys.booking(booking.id),
            keys.booking_history(booking.id),
            keys.jobs,
            keys.activity,
            keys.operation(operation.id),
            keys.turns(booking.page, booking.event_type),
            keys.occupied(taker),
            *(keys.occupied(user) for user in booking.users),
        ],
        {
            **change_arguments(workspace, booking, event, operation),
            "now": now,
            "after": list(users),
            "pages": list(pages),
            "limits": list(limits),
            "counter": snapshot.counter,
            "uses": snapshot.uses,
        },
    )


async def cancel_booking(store: Store, workspace: str, booking: Booking, event: Event, now: int) -> Answer:
    """Cancel `booking`, as it was read."""
    keys = store.keys(workspace)
    operation = new_operation()
    return await store.call(
        "booking_cancel",
        [
            keys.booking(booking.id),
            keys.booking_history(booking.id),
            keys.jobs,
            keys.activity,
            keys.counts,
            keys.operation(operation.id),
            keys.link(booking.link or "none"),
            keys.turns(booking.page, booking.event_type),
            *(keys.occupied(user) for user in booking.users),
        ],
        {**change_arguments(workspace, booking, event, operation), "now": now, "link": booking.link},
    )


async def record_no_show(store: Store, workspace: str, booking: Booking, event: Event) -> Answer:
    """Record that the customer of `booking`, as it was read, did not come."""
    keys = store.keys(workspace)
    operation = new_operation()
    return await store.call(
        "booking_no_show",
        [
            keys.booking(booking.id),
            keys.booking_history(booking.id),
            keys.jobs,
            keys.activity,
            keys.counts,
            keys.operation(operation.id),
            keys.turns(booking.page, booking.event_type),
            *(keys.occupied(user) for user in booking.users),
        ],
        change_arguments(workspace, booking, event, operation),
    )


async def say_completed(store: Store, workspace: str, booking: Booking, event: Event, now: int) -> Answer:
    """Say that `booking`, as it was read, is completed."""
    keys = store.keys(workspace)
    return await store.call(
        "booking_complete",
        [keys.booking(booking.id), keys.jobs, keys.activity, keys.counts],
        {
            "now": now,
            "sequence": booking.sequence,
            "workspace": workspace,
            "event": msgspec.json.encode(event).decode(),
        },
    )


async def note_event(
    store: Store,
    workspace: str,
    booking: Booking,
    place: EventPlace,
    conflict: int | None = None,
    *,
    left: str | None = None,
) -> Answer:
    """Note where the event of `booking`, as it was read, is: before writing it, and with its etag after.

    `left` is the calendar that it was in or to be in before, which is closed.
    """
    return await store.call(
        "booking_event",
        [store.keys(workspace).booking(booking.id)],
        {
            "sequence": booking.sequence,
            "assignment": place.assignment,
            "user": place.user,
            "calendar": place.calendar,
            "left": left,
            "etag": place.etag,
            "join": place.join_url,
            "conflict": conflict,
        },
    )


def _slot(booking: Booking) -> Mapping[str, Any]:
    slot = Slot(booking.start, booking.end, booking.before, booking.after, booking.event_type)
    return msgspec.to_builtins(slot)  # type: ignore[no-any-return]


def change_arguments(workspace: str, booking: Booking, event: Event, operation: Operation) -> dict[str, Any]:
    """What every script takes that changes a booking, as it was read."""
    return {
        "workspace": workspace,
        "booking": booking.id,
        "sequence": booking.sequence,
        "users": list(booking.users),
        "event": msgspec.json.encode(event).decode(),
        "operation": "",
        "lifetime": operation.lifetime,
    }
