"""The current state of a booking, and the values that mails about it can show."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.zones import zone_or_utc
from admitone.domain.date_text import DateText
from admitone.domain.links.link import Link
from admitone.domain.mail.time_and_changes import changes_sentence, when, zone_text
from admitone.domain.mail.values import AnswerValues, MailValues, PersonValues
from admitone.domain.pages.booking_page import BookingPage
from admitone.domain.pages.language import fixed_language
from admitone.domain.people.reader import reader_for
from admitone.domain.people.user import Settings, User
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.store.records.erasures import is_erased
from admitone.store.records.readers import read_links
from admitone.texts.catalogues import ENGLISH
from admitone.texts.message import message
from admitone.usecases.bookings.managed import Managed, read_managed
from admitone.usecases.calendar_events.calendar_draft import labelled_answers
from admitone.usecases.links.link_view import link_url
from admitone.usecases.shared.booking_view import booking_url, manage_token, manage_url, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.event import Event
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

MINUTE = 60
YES = message("Yes")


class MailContext(msgspec.Struct, frozen=True):
    """A booking with its page and hosts (None for what was deleted), and the user who made the change."""

    managed: Managed
    page: BookingPage | None
    settings: Settings
    hosts: list[User | None]
    by: User | None
    renewed: Link | None = None
    """The link by which the customer of a cancelled booking is asked to book again."""
    taker: User | None = None
    """The host who took the booking over."""
    is_erased: bool = False
    """Whether the customer's data were erased while the job was on its way."""

    @property
    def booking(self) -> Booking:
        """The booking."""
        return self.managed.booking

    @property
    def host(self) -> User | None:
        """The organiser."""
        return self.hosts[0]


class _Shared:
    """What the mails of one event share: the snapshot, and the context that is read from it once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.context: asyncio.Future[MailContext | None] | None = None


_shared: ContextVar[_Shared | None] = ContextVar("shared", default=None)


@contextmanager
def mails_of_one_event(snapshot: Snapshot) -> Iterator[None]:
    """Let the mails that are prepared inside share `snapshot`, which has just been read for their event."""
    token = _shared.set(_Shared(snapshot))
    try:
        yield
    finally:
        _shared.reset(token)


async def read_mail_context(
    services: Services, workspace: str, booking_id: str, event: Event
) -> MailContext | None:
    """The current state of the booking; None if there is no such booking."""
    shared = _shared.get()
    if shared is None:
        snapshot = await read_snapshot(
            services.store, workspace, Wanted(booking=booking_id, records=(SETTINGS,))
        )
        return await _read(services, workspace, snapshot, event)
    if shared.context is None:
        shared.context = asyncio.ensure_future(_read(services, workspace, shared.snapshot, event))
    return await shared.context


async def _read(services: Services, workspace: str, snapshot: Snapshot, event: Event) -> MailContext | None:
    booking = snapshot.booking
    if booking is None:
        return None
    named = (*booking.users, event.by, event.took or "")
    page, *people = await snapshot.load(
        ("booking_page", booking.host_page), *(("user", user) for user in named)
    )
    token = manage_token(services, workspace, booking)
    managed = await read_managed(snapshot, booking, token)
    renewed = await read_links(services.store, workspace, [event.renewed] if event.renewed else [])
    settings, [*hosts, by, taker] = await snapshot.settings(), people
    erased = await is_erased(services.store, workspace, booking.data.email, booking.data.created_at)
    return MailContext(managed, page, settings, hosts, by, next(iter(renewed), None), taker, erased)


def customer_values(services: Services, context: MailContext, event: Event) -> MailValues:
    """The values for a mail to the customer, in the customer's language and zone.

    They lack what a customer typed: whoever booked may have named somebody else as the customer.
    """
    values = _values(services, context, event, customer_text(context))
    reason = None if event.by == "customer" else event.reason
    return msgspec.structs.replace(values, reason=reason, notes=None, answers=())


def guest_values(services: Services, context: MailContext, event: Event) -> MailValues:
    """The values for a mail to a guest, in the customer's language and zone.

    They lack whatever a guest could change the booking by, and what the customer typed.
    """
    values = customer_values(services, context, event)
    return msgspec.structs.replace(values, manage_url=None, new_url=None, changes=None, policy=None)


def host_values(services: Services, context: MailContext, event: Event, user: User) -> MailValues:
    """The values for a mail to a host, in the host's zone.

    The language is the workspace's if the dashboard has it, otherwise English.
    """
    page = context.page
    name = user.timezone or (page.schedule.timezone if page else "UTC")
    text = DateText(reader_for([], context.settings.locale, "dashboard"), zone_or_utc(name))
    return _values(services, context, event, text)


def customer_text(context: MailContext) -> DateText:
    """How the customer reads: in the language in which they booked, and in their zone.

    A booking without a language was made by a program that named none.
    """
    data, target = context.booking.data, context.managed.target
    fixed = fixed_language(target.page if target else None, context.settings)
    return DateText(reader_for([data.locale or fixed or ENGLISH]), zone_or_utc(data.timezone))


def _values(services: Services, context: MailContext, event: Event, text: DateText) -> MailValues:
    managed, booking, now = context.managed, context.booking, services.now()
    data, start, end = booking.data, booking.start, booking.end
    texts, host = text.reader.texts, context.host
    names = [user.name for user in context.hosts if user is not None]
    place = texts.say(booking.location.text())
    was = event.was if event.type == "booking.rescheduled" else None
    return MailValues(
        language=text.reader.language,
        customer=PersonValues(data.name, data.email),
        host=PersonValues(host.name, host.email) if host else PersonValues(None, None),
        hosts=names,
        guests=data.guests,
        host_names=text.names(names) or None,
        event_type=data.event_type_name,
        title=title_of(booking, host, texts),
        date=text.day(text.date(start), year=True),
        time=text.span(start, end),
        timezone=zone_text(text, start),
        was=None if was is None else when(text, was, was + end - start, now),
        place=None if place == booking.join_url else place or None,
        join_url=booking.join_url,
        manage_url=manage_url(services, managed.token),
        booking_url=booking_url(services, booking),
        new_url=link_url(services, context.renewed.code) if context.renewed else None,
        changes=changes_sentence(booking, text, now, is_movable=managed.offer() is not None),
        policy=data.policy.text.strip() or None,
        by=context.by.name if context.by else None,
        taken_by=context.taker.name if context.taker else None,
        reason=event.reason,
        notes=data.notes.strip() or None,
        answers=[
            AnswerValues(question, answer)
            for question, answer in labelled_answers(booking, context.page, texts.say(YES))
        ],
        ahead=text.duration(max(1, (start - now) // MINUTE)),
        workspace=context.settings.name,
    )
