"""Triggers: what lets a contact enter a workflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from admitone.domain.contacts.contact import FieldName

TriggerKind = Literal[
    "contact.created",
    "contact.tagged",
    "hook",
    "link.opened",
    "link.not_booked",
    "link.expired",
    "booking.scheduled",
    "booking.rescheduled",
    "booking.cancelled",
    "booking.completed",
    "booking.no_show",
    "manual",
]


class FieldIs(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"value": "is"}):
    """A filter: the contact's custom field `name` has this value."""

    name: FieldName
    value: str


class Filters(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which events let a contact enter; each filter that is given must hold.

    `page` and `event_type` are ids, for triggers about links and bookings; `tag` is the tag that was added
    for `contact.tagged`, and one that the contact has for all other triggers.
    """

    page: str | None = None
    event_type: str | None = None
    tag: str | None = None
    field: FieldIs | None = None


class Trigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What lets a contact enter.

    `days` is for `link.not_booked`: so many days after a link was made. `map` is for `hook`: the place in
    the received data of each of a contact's details, such as
    `{"email": "customer.mail", "fields.company": "org"}`.
    """

    kind: TriggerKind
    filters: Filters | None = None
    days: Annotated[int, Meta(ge=1, le=365)] | None = None
    map: Mapping[str, str] | None = None
