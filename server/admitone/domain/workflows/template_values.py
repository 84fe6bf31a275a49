"""The values that the templates of a step can name (`custom_values.py` has the list)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.availability.zones import zone as zone_of
from admitone.domain.availability.zones import zone_names
from admitone.domain.contacts.contact import Contact
from admitone.domain.date_text import DateText

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from admitone.domain.people.reader import Reader


class SenderValues(msgspec.Struct, frozen=True):
    """The user whose mailbox sends."""

    name: str
    email: str


class LinkValues(msgspec.Struct, frozen=True):
    """A one-time link: its address, when it expires (epoch seconds; None is never), and its page's title."""

    one_time_link: str
    expires_at: int | None
    page: str


class BookingValues(msgspec.Struct, frozen=True):
    """A booking; times are epoch seconds. `host` and `place` are empty if there is none."""

    start: int
    end: int
    event_type: str
    host: str
    place: str
    manage_link: str


class RunValues(msgspec.Struct, frozen=True, kw_only=True):
    """What a run has at one of its steps.

    `links` are the links that it made, by the names of their steps (`custom_values.py`, `link_names`);
    `trigger_link` is the link of its trigger.
    """

    contact: Contact
    workspace: str
    sender: SenderValues | None = None
    booking: BookingValues | None = None
    trigger_link: LinkValues | None = None
    links: Mapping[str, LinkValues] = {}


class Moment:
    """A time (epoch seconds) as templates see it, in the language of `reader`.

    Shown whole it reads as text, told in `in_zone`; filters write it in a zone.
    """

    def __init__(self, at: int, reader: Reader, in_zone: ZoneInfo) -> None:
        self._at = at
        self._text = DateText(reader, in_zone)

    def __str__(self) -> str:
        return self._text.day_and_time(self._at, year=True)

    def date_in(self, name: str) -> str:
        """`Thursday, December 3, 2026`, in the zone of that name."""
        text = self._in(name)
        return text.day(text.date(self._at), year=True)

    def time_in(self, name: str) -> str:
        """`10:30`, in the zone of that name."""
        return self._in(name).time(self._at)

    def _in(self, name: str) -> DateText:
        """The contact's zone may be unknown: then it is the zone in which the run goes by anyway."""
        return DateText(self._text.reader, zone_of(name)) if name in zone_names() else self._text


class _Fields(dict[str, str | None]):
    """Custom fields: one that the contact does not have is empty, because contacts differ."""

    def __missing__(self, name: str) -> None:
        return None


class _Tags(tuple[str, ...]):
    """Tags, for a loop or a condition; shown whole, they read as text."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(self)


def template_values(values: RunValues, reader: Reader, zone: ZoneInfo) -> dict[str, Any]:
    """The values by the names that a template knows; texts and times are those of `reader` and `zone`.

    What a run does not have is no name: a template that names it fails, and nothing goes out.
    """
    known: dict[str, Any] = {
        "contact": _contact(values.contact),
        "workspace": {"name": values.workspace},
    }
    if values.sender is not None:
        known["user"] = msgspec.structs.asdict(values.sender)
    if values.booking is not None:
        known["booking"] = msgspec.structs.asdict(values.booking) | {
            "host": values.booking.host or None,
            "place": values.booking.place or None,
            "start": Moment(values.booking.start, reader, zone),
            "end": Moment(values.booking.end, reader, zone),
        }
    links = dict(values.links)
    if values.trigger_link is not None:
        links["link"] = values.trigger_link
    return known | {name: _link(link, reader, zone) for name, link in links.items()}


def _contact(contact: Contact) -> dict[str, Any]:
    """What is not known is None, which Liquid takes as false; an empty text would be true."""
    return {
        "email": contact.email,
        "first_name": contact.first_name or None,
        "last_name": contact.last_name or None,
        "name": contact.name or None,
        "phone": contact.phone or None,
        "timezone": contact.timezone,
        "locale": contact.locale,
        "tags": _Tags(contact.tags) or None,
        "fields": _Fields(contact.fields),
    }


def _link(link: LinkValues, reader: Reader, zone: ZoneInfo) -> dict[str, Any]:
    expires_at = None if link.expires_at is None else Moment(link.expires_at, reader, zone)
    return msgspec.structs.asdict(link) | {"expires_at": expires_at}
