"""Writes a booking: one call of the script book.lua."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.distribution import Method
from admitone.domain.budgets import LINK_BOOKINGS
from admitone.store.codes import Code
from admitone.store.records.audience import page_owner
from admitone.store.records.documents import booking_document, booking_words, event_text
from admitone.store.records.operations import RESEND_LIFETIME, Operation
from admitone.store.records.reports.counting import new_booking
from admitone.store.records.search_words import words_of
from admitone.store.records.word_index import word_members

if TYPE_CHECKING:
    from datetime import date

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.domain.links.link import Link
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.store.records.mail.email_codes import GivenCode
    from admitone.store.store import ScriptAnswer


class BookingTime(msgspec.Struct, frozen=True):
    """Start and end in epoch seconds, buffers in seconds, and the event type to whose limits it counts."""

    start: int
    end: int
    before: int
    after: int
    event_type: str


class Order(msgspec.Struct, frozen=True):
    """How the script sorts the candidates of a place: by `method`, and the priority of each member.

    `members` are all users of the place, including those who are not candidates: turns count among all.
    """

    method: Method
    members: Sequence[str]
    priorities: Sequence[int]
    correction: bool = True


class Rate(msgspec.Struct, frozen=True):
    """How many bookings a hashed address, of a network or a recipient, may have within `period` seconds."""

    address: str
    most: int
    period: int


Limits = list[list[tuple[int, int, int]]]
"""For each user the limits: from, to (epoch seconds), and the highest number of bookings in between."""


async def book(
    snapshot: Snapshot,
    booking: Booking,
    link: Link | None,
    *,
    candidates: Sequence[str],
    places: Sequence[Sequence[int]],
    limits: Limits,
    now: int,
    day: date,
    event: Event,
    operation: Operation | None,
    kept: str | None,
    orders: Sequence[Order] | None = None,
    pages: Sequence[str] | None = None,
    seed: str = "",
    rate: Rate | None = None,
    recipient: Rate | None = None,
    code: GivenCode | None = None,
) -> ScriptAnswer:
    """Write `booking`, if its time is still free; the script chooses its users among `candidates`.

    `places` has a list for each place: the indexes of its candidates, from 0, in the order of the pool. With
    `orders` (one for each place) the script sorts them by the tallies of the booking's page and event type,
    and `seed` decides ties. `pages` are the booking pages of the candidates, if the page of the booking is a
    master page. `rate` is that of the network, `recipient` that of the customer's email address.
    `code` is the customer's, if the page asks for one. `booking.users` is ignored. `link` is the one-time
    link that `booking` names, None for a general link. Reports count the booking under `day`.

    If the customer is a contact, the script tells which, and is called again with the contact's key.
    """
    store, workspace = snapshot.store, snapshot.workspace
    keys = store.keys(workspace)
    counting = new_booking(keys, booking, link, day, now=now, is_shared=pages is not None)
    names = {
        **counting.keys,
        "booking": keys.booking(booking.id),
        "data": keys.booking_data(booking.id),
        "page_bookings": keys.page_bookings(booking.page),
        "operation": keys.operation(operation.id) if operation and kept is not None else None,
        "link": keys.link(booking.link) if booking.link else None,
        "turns": None if orders is None else keys.turns(booking.page, booking.event_type),
        "address": keys.address_bookings(rate.address) if rate else None,
        "recipient": keys.recipient_bookings(booking.page, recipient.address) if recipient else None,
        "email_code": keys.email_code(code.page, code.address) if code else None,
        "occupied": [keys.occupied(user) for user in candidates],
    }
    arguments = {
        **counting.arguments,
        "now": now,
        "booking": booking.id,
        "link": booking.link,
        "slot": BookingTime(booking.start, booking.end, booking.before, booking.after, booking.event_type),
        "users": list(candidates),
        "places": [[index + 1 for index in place] for place in places],
        "orders": orders,
        "pages": None if pages is None else list(pages),
        "owner": await page_owner(snapshot, booking.page),
        "seed": seed,
        "rate": {"most": rate.most, "period": rate.period} if rate else None,
        "recipient_rate": {"most": recipient.most, "period": recipient.period} if recipient else None,
        "link_rate": LINK_BOOKINGS if booking.link else None,
        "code": code.hash if code else None,
        "customer": booking.data.email.casefold(),
        "limits": limits,
        "counter": snapshot.counter,
        "uses": snapshot.uses,
        "fields": [
            *("page", booking.page),
            *(("link", booking.link) if booking.link else ()),
            *(("operation", operation.id) if operation and kept is not None else ()),
        ],
        "data": booking_document(booking.data),
        "words": word_members(booking_words(booking.data), booking.data.created_at, booking.id),
        "customer_words": _customer_words(booking, link),
        "event": event_text(event),
        "operation": kept if operation else None,
        "lifetime": operation.lifetime if operation else RESEND_LIFETIME,
    }
    answer = await store.call_in(workspace, "book", names, arguments)
    if answer.code is Code.MOVED and answer.rest:
        contact = answer.rest[0].decode()
        names, arguments = names | {"contact": keys.contact(contact)}, arguments | {"contact": contact}
        answer = await store.call_in(workspace, "book", names, arguments)
    return answer


def _customer_words(booking: Booking, link: Link | None) -> list[str]:
    """The members of the word index by which a search finds the link by who booked; its person is there."""
    if link is None:
        return []
    there = words_of(link.name, link.email)
    words = [word for word in words_of(booking.data.name, booking.data.email) if word not in there]
    return word_members(words, link.created_at, link.id)
