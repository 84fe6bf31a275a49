"""Changes of existing bookings: one typed function for each script.

Each takes the booking as it was read, and changes it only if its sequence is still the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.budgets import BOOKINGS_OF_LINK
from admitone.domain.reports.shares import What
from admitone.store.records.documents import event_text
from admitone.store.records.links import new_link
from admitone.store.records.operations import new_operation
from admitone.store.records.reports.counting import (
    booking_change,
    booking_handed,
    booking_undone,
    cancellation,
    renewal,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from admitone.domain.bookings.booking import Booking, EventPlace
    from admitone.domain.event import Event
    from admitone.domain.links.link import Link
    from admitone.store.records.book import BookingTime, Limits
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.store.redis.script_header import KeyNames
    from admitone.store.store import ScriptAnswer, Store


async def reschedule_booking(
    snapshot: Snapshot,
    booking: Booking,
    time: BookingTime,
    *,
    limits: Limits,
    moved: Sequence[int] | None,
    event: Event,
    day: date,
) -> ScriptAnswer:
    """Move `booking` to `time`; reports count it under `day`.

    `moved` are the times of its customer's latest moves, with this one; None if a host moves it.
    """
    keys = snapshot.store.keys(snapshot.workspace)
    counting = booking_change(keys, booking, What.RESCHEDULED, day)
    return await _change(
        snapshot.store,
        snapshot.workspace,
        "booking_reschedule",
        booking,
        event,
        {**counting.keys, "page_bookings": keys.page_bookings(booking.page)},
        {
            **counting.arguments,
            "slot": msgspec.to_builtins(time),
            "limits": limits,
            "moved": None if moved is None else ",".join(map(str, moved)),
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
) -> ScriptAnswer:
    """Give one place of `booking` to another user.

    `users` and `pages` are the new ones; `limits` are those of the user who gets the place.
    """
    keys = snapshot.store.keys(snapshot.workspace)
    [taker] = set(users) - set(booking.users)
    return await _change(
        snapshot.store,
        snapshot.workspace,
        "booking_reassign",
        booking,
        event,
        {"turns": keys.turns(booking.page, booking.event_type), "taken": keys.occupied(taker)},
        {
            **booking_handed(booking, users),
            "now": now,
            "after": list(users),
            "pages": list(pages),
            "limits": list(limits),
            "counter": snapshot.counter,
            "uses": snapshot.uses,
        },
    )


async def cancel_booking(
    store: Store, workspace: str, booking: Booking, event: Event, now: int, day: date
) -> ScriptAnswer:
    """Cancel `booking`; reports count it under `day`."""
    keys = store.keys(workspace)
    counting = cancellation(keys, booking, event, day)
    return await _change(
        store,
        workspace,
        "booking_cancel",
        booking,
        event,
        {
            **counting.keys,
            "turns": keys.turns(booking.page, booking.event_type),
        },
        {**counting.arguments, "now": now, "most": BOOKINGS_OF_LINK},
    )


async def request_reschedule(
    snapshot: Snapshot,
    booking: Booking,
    event: Event,
    link: Link,
    created_event: Event,
    *,
    created: int,
    day: date,
) -> ScriptAnswer:
    """Cancel `booking` and create `link` for its customer; reports count both under `day`.

    `event` is the cancellation, `created_event` the creation of the link; `created` is in epoch microseconds.
    """
    keys = snapshot.store.keys(snapshot.workspace)
    counting = renewal(keys, booking, event, link, day)
    return await _change(
        snapshot.store,
        snapshot.workspace,
        "booking_request_reschedule",
        booking,
        event,
        {
            **counting.keys,
            "turns": keys.turns(booking.page, booking.event_type),
            "page_links": keys.page_links(link.page),
            "user_links": keys.user_links(link.created_by),
            "new_link": keys.link(link.id),
        },
        {
            **counting.arguments,
            "new_link": new_link(snapshot.store, snapshot.workspace, link, created_event, day),
            "created": created,
            "counter": snapshot.counter,
            "uses": snapshot.uses,
        },
    )


async def record_no_show(
    store: Store, workspace: str, booking: Booking, event: Event, day: date
) -> ScriptAnswer:
    """Record that the customer of `booking` did not come; reports count it under `day`."""
    keys = store.keys(workspace)
    counting = booking_change(keys, booking, What.NO_SHOW, day, takes=What.COMPLETED)
    names = {**counting.keys, "turns": keys.turns(booking.page, booking.event_type)}
    return await _change(store, workspace, "booking_no_show", booking, event, names, counting.arguments)


async def undo_no_show(
    store: Store, workspace: str, booking: Booking, event: Event, now: int, ended: date
) -> ScriptAnswer:
    """Take back that the customer of `booking` did not come; `ended` is the day of its end in reports."""
    keys = store.keys(workspace)
    again = (What.COMPLETED, ended) if booking.is_announced else None
    counting = booking_undone(keys, booking, What.NO_SHOW, again=again)
    names = {**counting.keys, "turns": keys.turns(booking.page, booking.event_type)}
    arguments = {**counting.arguments, "now": now}
    return await _change(store, workspace, "booking_no_show_undo", booking, event, names, arguments)


async def say_completed(
    store: Store, workspace: str, booking: Booking, event: Event, now: int, day: date
) -> ScriptAnswer:
    """Announce that `booking` is completed; reports count it under `day`."""
    names = store.keys(workspace)
    counting = booking_change(names, booking, What.COMPLETED, day)
    return await store.call_in(
        workspace,
        "booking_complete",
        {
            "booking": names.booking(booking.id),
            "link": names.link(booking.link) if booking.link else None,
            **counting.keys,
        },
        {
            "now": now,
            "link": booking.link,
            "sequence": booking.sequence,
            "event": event_text(event),
            **counting.arguments,
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
) -> ScriptAnswer:
    """Record the place of a calendar event of `booking`.

    It is called before the event is first written, without an etag, and after each answer from Google.
    `left` is the calendar recorded before, if that is no longer writable.
    """
    return await store.call(
        "booking_event",
        {"booking": store.keys(workspace).booking(booking.id)},
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


async def _change(
    store: Store,
    workspace: str,
    script: str,
    booking: Booking,
    event: Event,
    keys: KeyNames,
    arguments: Mapping[str, Any],
) -> ScriptAnswer:
    """Call a script that changes `booking`; `keys` and `arguments` are those that only this script has.

    The reason that people gave is in the booking's history alone: streams hold ids, so that erasing a booking
    erases it.
    """
    names, operation = store.keys(workspace), new_operation()
    return await store.call_in(
        workspace,
        script,
        {
            "booking": names.booking(booking.id),
            "history": names.booking_history(booking.id),
            "operation": names.operation(operation.id),
            "link": names.link(booking.link) if booking.link else None,
            "occupied": [names.occupied(user) for user in booking.users],
            **keys,
        },
        {
            "booking": booking.id,
            "link": booking.link,
            "sequence": booking.sequence,
            "users": list(booking.users),
            "event": event_text(msgspec.structs.replace(event, reason=None)),
            "noted": event_text(event),
            "operation": "",
            "lifetime": operation.lifetime,
            **arguments,
        },
    )
