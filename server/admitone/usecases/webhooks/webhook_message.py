"""The messages that a webhook's endpoint receives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET, UnsetType

from admitone.domain.instant import Instant
from admitone.domain.links.link import Person
from admitone.usecases.contacts.contact_details import ToldContact, told_details

if TYPE_CHECKING:
    from admitone.domain.bookings.booking import Booking
    from admitone.domain.contacts.contact import Contact
    from admitone.domain.event import Event
    from admitone.domain.workflows.run import Run
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Services

STEP = "workflow.step"
"""The type of the message that a workflow's step sends."""


class MessageBooking(msgspec.Struct, frozen=True, kw_only=True):
    """The booking as it is when the message is sent; `host` is a user's id."""

    id: str
    status: str
    event_type: str
    start: Instant
    end: Instant
    timezone: str
    host: str
    person: Person
    guests: Sequence[str]


class MessageRun(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A run of a workflow, and its contact; `step` is the step that calls the webhook, null for an event."""

    id: str
    workflow: str
    contact: str
    version: int | None = None
    step: str | None = None
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    timezone: str | None = None
    locale: str | None = None
    tags: Sequence[str] = ()
    fields: Mapping[str, str] = {}
    one_time_link: str | None = None


class MessageContact(ToldContact, frozen=True, kw_only=True):
    """The contact as it is when the message is sent; `tag` is the one that was added."""

    tag: str | None


class MessageData(msgspec.Struct, frozen=True, kw_only=True):
    """What the event is about: ids of link and page, and the booking, null where it is about none.

    `person` is the one that a personalised link is for, `reason` what was given for a change, and
    `previous_start` the start before a booking was moved. `workflow` is the id of the workflow, and `run` the
    run of it, if the event is about one. `contact` is there for events about a contact.
    """

    link: str | None = None
    page: str | None = None
    booking: MessageBooking | None = None
    person: Person | None = None
    reason: str | None = None
    previous_start: Instant | None = None
    workflow: str | None = None
    run: MessageRun | UnsetType | None = UNSET
    contact: MessageContact | UnsetType = UNSET


class WebhookMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message in the form that Standard Webhooks recommends; `timestamp` is when the event happened."""

    type: str
    timestamp: Instant
    data: MessageData


def event_message(
    services: Services, snapshot: Snapshot, event: Event, contact: Contact | None = None
) -> WebhookMessage:
    """The message of an event; the snapshot holds its booking and link, `contact` is the one it is about."""
    booking, link = snapshot.booking, snapshot.link
    data = MessageData(
        link=event.link or (booking.link if booking else None),
        page=event.page or (booking.page if booking else link.page if link else None),
        booking=_booking(services, booking) if booking else None,
        person=link.person if link else None,
        reason=event.reason,
        previous_start=None if event.was is None else Instant(event.was),
        workflow=event.workflow,
        run=_run(event) or UNSET,
        contact=_contact(contact, event) if contact else UNSET,
    )
    return WebhookMessage(type=event.type, timestamp=Instant(event.at), data=data)


def run_message(
    services: Services, run: Run, step: str, contact: Contact, booking: Booking | None, url: str | None
) -> WebhookMessage:
    """The message of a workflow's step: the run, its contact and its booking; `url` is its newest link."""
    details = told_details(contact)
    details["contact"] = details.pop("id")
    told = MessageRun(
        id=run.id,
        workflow=run.workflow,
        version=run.version,
        step=step,
        one_time_link=url,
        **details,
    )
    data = MessageData(
        link=run.newest_link,
        page=booking.page if booking else None,
        booking=_booking(services, booking) if booking else None,
        workflow=run.workflow,
        run=told,
    )
    return WebhookMessage(type=STEP, timestamp=Instant(services.now()), data=data)


def _run(event: Event) -> MessageRun | None:
    """The run that an event of a workflow is about."""
    if not event.type.startswith("workflow.") or not (event.run and event.workflow and event.contact):
        return None
    return MessageRun(id=event.run, workflow=event.workflow, contact=event.contact)


def _contact(contact: Contact, event: Event) -> MessageContact:
    return MessageContact(**told_details(contact), tag=event.tag)


def _booking(services: Services, booking: Booking) -> MessageBooking:
    return MessageBooking(
        id=booking.id,
        status=booking.status_at(services.now()),
        event_type=booking.event_type,
        start=Instant(booking.start),
        end=Instant(booking.end),
        timezone=booking.data.timezone,
        host=booking.users[0],
        person=Person(booking.data.name, booking.data.email),
        guests=booking.data.guests,
    )


def trial_message(event: Event) -> WebhookMessage:
    """A test message, which is about no link and no booking."""
    return WebhookMessage(type="webhook.test", timestamp=Instant(event.at), data=MessageData())
