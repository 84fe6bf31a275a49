"""A booking as customers and hosts see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.bookings.booking import LIVE, Booking, customer_refusal
from admitone.domain.bookings.policy import Policy
from admitone.domain.instant import Instant
from admitone.domain.links.link import Person
from admitone.domain.pages.event_type import Location
from admitone.store.records.documents import unseal_manage_token
from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.people.user import User
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.texts.translator import Translator
    from admitone.usecases.shared.services import Services

WITH = message("%(what)s with %(host)s")


class CustomerBookingView(msgspec.Struct, frozen=True, kw_only=True):
    """A booking as its customer sees it; `join_url` is None until there is one, and once it is cancelled."""

    id: str
    status: str
    start: Instant
    end: Instant
    timezone: str
    event_type: str
    event_type_name: str
    host_name: str
    location: Location
    person: Person
    manage_url: str
    ics_url: str
    join_url: str | None
    guests: Sequence[str] = ()


class Can(msgspec.Struct, frozen=True):
    """What the policy allows now; `why_not` says in a sentence what is not allowed, and why."""

    cancel: bool
    reschedule: bool
    why_not: str | None


class ManageView(CustomerBookingView, frozen=True, kw_only=True):
    """A booking as its manage link shows it."""

    can: Can
    policy: Policy


class Conflict(msgspec.Struct, frozen=True):
    """Where a host put the event in Google Calendar; None is a whole day."""

    start: Instant | None


class BookingView(msgspec.Struct, frozen=True, kw_only=True):
    """A booking as hosts see it; `host` and `hosts` are ids of users.

    `conflict` says that the event was moved in Google Calendar to where the booking could not follow.
    `calendar` says how the hosts' calendars were asked when it was booked: `checked`, `cached` (by what
    Google had said before, since it did not answer), `unchecked` (since Google had to be connected anew), or
    null for hosts who have connected none.
    """

    id: str
    status: str
    link: str | None
    page: str
    event_type: str
    event_type_name: str
    start: Instant
    end: Instant
    timezone: str
    person: Person
    host: str
    hosts: list[str]
    guests: Sequence[str]
    answers: dict[str, Any]
    notes: str
    reschedules: int
    created_at: Instant
    join_url: str | None
    conflict: Conflict | None
    calendar: str | None


def customer_view(services: Services, booking: Booking, token: str, host: User | None) -> CustomerBookingView:
    """The booking for the customer who holds the manage token; `host` is None if that user was deleted."""
    return CustomerBookingView(**_customer_values(services, booking, token, host))


def manage_view(
    services: Services, booking: Booking, token: str, host: User | None, *, fixed: str | None
) -> ManageView:
    """The booking for its manage link; `fixed` says why it cannot be moved, None if it can."""
    now = services.now()
    cancel = customer_refusal(booking, "cancel", now)
    reschedule = customer_refusal(booking, "reschedule", now)
    why_not = cancel or reschedule
    sentence = why_not.detail if why_not else None
    return ManageView(
        **_customer_values(services, booking, token, host),
        can=Can(cancel is None, reschedule is None and fixed is None, sentence or fixed),
        policy=booking.data.policy,
    )


def host_view(services: Services, booking: Booking) -> BookingView:
    """The booking for the workspace's users."""
    data = booking.data
    return BookingView(
        id=booking.id,
        status=booking.status_at(services.now()),
        link=booking.link,
        page=booking.page,
        event_type=booking.event_type,
        event_type_name=data.event_type_name,
        start=Instant(booking.start),
        end=Instant(booking.end),
        timezone=data.timezone,
        person=Person(data.name, data.email),
        host=booking.users[0],
        hosts=list(booking.users),
        guests=data.guests,
        answers=data.answers,
        notes=data.notes,
        reschedules=booking.reschedules,
        created_at=Instant(data.created_at),
        join_url=booking.join_url,
        conflict=_conflict(booking),
        calendar=data.calendar,
    )


def _conflict(booking: Booking) -> Conflict | None:
    if booking.conflict is None or booking.status not in LIVE:
        return None
    return Conflict(Instant(booking.conflict) if booking.conflict else None)


def manage_url(services: Services, token: str) -> str:
    """The address of a booking's manage link."""
    return f"{services.public_url}/manage/{token}"


def booking_url(services: Services, booking: Booking) -> str:
    """The address of a booking in the dashboard."""
    return f"{services.public_url}/dashboard/bookings/{booking.id}"


async def host_of(snapshot: Snapshot, booking: Booking) -> User | None:
    """The booking's organiser, None if that user was deleted."""
    [host] = await snapshot.load(("user", booking.users[0]))
    found: User | None = host
    return found


def manage_token(services: Services, workspace: str, booking: Booking) -> str:
    """The token of a booking's manage link."""
    return unseal_manage_token(workspace, booking, services.store.sealer)


def title_of(booking: Booking, host: User | None, texts: Translator) -> str:
    """The event type, with the host unless their user was deleted: `Introduction with Hanna Host`."""
    return with_host(booking.data.event_type_name, host, texts)


def with_host(name: str, host: User | None, texts: Translator) -> str:
    """`Introduction with Hanna Host`; the name alone if there is no host to name."""
    return texts.say(WITH, what=name, host=host.name) if host else name


def _customer_values(services: Services, booking: Booking, token: str, host: User | None) -> dict[str, Any]:
    data = booking.data
    url = manage_url(services, token)
    return {
        "id": booking.id,
        "status": booking.status_at(services.now()),
        "start": Instant(booking.start),
        "end": Instant(booking.end),
        "timezone": data.timezone,
        "event_type": booking.event_type,
        "event_type_name": data.event_type_name,
        "host_name": host.name if host else "",
        "location": booking.location,
        "person": Person(data.name, data.email),
        "manage_url": url,
        "ics_url": f"{url}/invite.ics",
        "join_url": booking.join_url,
        "guests": data.guests,
    }
