"""The scopes that users are asked for, and when.

https://developers.google.com/identity/protocols/oauth2/scopes
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

_AUTH = "https://www.googleapis.com/auth"
EVENTS = f"{_AUTH}/calendar.events"
FREE_BUSY = f"{_AUTH}/calendar.freebusy"
CALENDAR_LIST = f"{_AUTH}/calendar.calendarlist.readonly"
SEND = f"{_AUTH}/gmail.send"
COMPOSE = f"{_AUTH}/gmail.compose"

Service = Literal["calendar", "mail", "drafts"]
"""What a user can connect: the calendar, mail that is sent directly, or mail that is sent as drafts."""
SCOPES: dict[Service, tuple[str, ...]] = {
    "calendar": (EVENTS, FREE_BUSY, CALENDAR_LIST),
    "mail": (SEND,),
    "drafts": (COMPOSE,),
}
KNOWN = frozenset(scope for scopes in SCOPES.values() for scope in scopes)


def reads_busy(scopes: Iterable[str]) -> bool:
    """Whether the busy time of calendars may be read."""
    return FREE_BUSY in scopes


def writes_events(scopes: Iterable[str]) -> bool:
    """Whether bookings may be written into a calendar."""
    return EVENTS in scopes


def sends_mail(scopes: Iterable[str]) -> bool:
    """Whether mail may be sent, directly or as drafts."""
    return not {SEND, COMPOSE}.isdisjoint(scopes)
