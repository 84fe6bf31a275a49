"""Valid objects by default: a test names only what it is about.

Times are epoch seconds. NOW is fixed, so that no test depends on the time of day.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain import tokens
from admitone.domain.availability.schedule import Schedule, Weekly
from admitone.domain.bookings.booking import Booking, BookingData, EventPlace
from admitone.domain.bookings.policy import Policy
from admitone.domain.contacts.contact import Contact
from admitone.domain.event import Event
from admitone.domain.jobs.job import Job
from admitone.domain.links.link import Link
from admitone.domain.pages.booking_page import BookingPage
from admitone.domain.pages.event_type import EventType, Location
from admitone.domain.people.audit import AuditEntry
from admitone.domain.people.grant import CODE_SECONDS, Grant
from admitone.domain.people.invitation import Invitation
from admitone.domain.people.oauth import CLIENT_ID
from admitone.domain.people.scopes import EVERYTHING
from admitone.domain.people.user import ApiKey, Settings, User
from admitone.domain.picture import Picture
from admitone.sealing import Kept, Sealer
from admitone.store.outbox.parked import Parked
from admitone.store.records.credentials.google_connections import Connection
from admitone.store.records.documents import seal_manage_token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.event import EventKind

WORKSPACE = "0ABC"
NOW = 1_795_000_000
TODAY = date(2026, 11, 18)
"""The day of NOW, in UTC."""
HOUR = 3600
DAY = 24 * HOUR
SEALER = Sealer({"test": bytes(range(32))})


def an_id() -> str:
    """A new id of a record that has no token."""
    return secrets.token_hex(8)


def a_code(workspace: str = WORKSPACE) -> str:
    """A fresh one-time code, without its dot."""
    return _token(workspace, tokens.CODE_LENGTH)


def a_manage_token(workspace: str = WORKSPACE) -> str:
    """A fresh manage token."""
    return _token(workspace, tokens.MANAGE_TOKEN_LENGTH)


def a_link(workspace: str = WORKSPACE, **changes: Any) -> Link:
    """An active link that is not personalised; its id follows from its code."""
    code = changes.pop("code", None) or a_code(workspace)
    defaults: dict[str, Any] = {
        "id": tokens.link_id(code),
        "page": "page",
        "created_by": "user",
        "created_at": NOW,
        "code": code,
        "expires_at": NOW + 90 * DAY,
    }
    return Link(**defaults | changes)


def a_contact(**changes: Any) -> Contact:
    """A contact of whom only the address is known, which is of their own."""
    contact_id = changes.pop("id", None) or an_id()
    defaults: dict[str, Any] = {"email": f"{contact_id}@customer.test", "created_at": NOW}
    return Contact(id=contact_id, **defaults | changes)


def a_booking(workspace: str = WORKSPACE, **changes: Any) -> Booking:
    """Half an hour tomorrow, by a general link; `token` is its manage token, which its id follows from."""
    token = changes.pop("token", None) or a_manage_token(workspace)
    booking_id = changes.pop("id", None) or tokens.booking_id(token)
    start = changes.pop("start", NOW + DAY)
    defaults: dict[str, Any] = {
        "id": booking_id,
        "status": "scheduled",
        "start": start,
        "end": start + HOUR // 2,
        "before": 0,
        "after": 0,
        "event_type": "event-type",
        "page": "page",
        "users": ["user"],
        "sequence": 0,
        "data": a_booking_data(manage=seal_manage_token(workspace, booking_id, token, SEALER)),
    }
    return Booking(**defaults | changes)


def an_event_place(**changes: Any) -> EventPlace:
    """The default user's own calendar, before anything was written to it."""
    defaults: dict[str, Any] = {"assignment": 0, "user": "user", "calendar": "primary"}
    return EventPlace(**defaults | changes)


def a_booking_data(**changes: Any) -> BookingData:
    """What was agreed for a booking by Carla Customer."""
    defaults: dict[str, Any] = {
        "created_at": NOW,
        "name": "Carla Customer",
        "email": "carla@customer.test",
        "timezone": "Europe/Paris",
        "event_type_name": "Half an hour",
        "location": Location("phone"),
        "policy": Policy(),
        "manage": "",
    }
    return BookingData(**defaults | changes)


def an_event(type: EventKind = "link.created", **changes: Any) -> Event:  # noqa: A002 - the field's name
    """Something that a user did now."""
    defaults: dict[str, Any] = {"type": type, "at": NOW, "by": "user"}
    return Event(**defaults | changes)


def an_audit_entry(**changes: Any) -> AuditEntry:
    """A user has changed the settings of the workspace."""
    defaults: dict[str, Any] = {
        "at": NOW,
        "by": "user",
        "kind": "settings",
        "action": "changed",
        "record": "-",
        "address": "192.0.2.1",
        "fields": ["name"],
    }
    return AuditEntry(**defaults | changes)


def a_job(name: str = "webhook.deliver", **changes: Any) -> Job:
    """A job that follows from the creation of a link."""
    defaults: dict[str, Any] = {"id": an_id(), "workspace": WORKSPACE, "event": an_event(link="link")}
    return Job(name=name, **defaults | changes)


def a_parked(fields: Mapping[str, str] | None = None, **changes: Any) -> Parked:
    """A job that failed once and for all."""
    fields = fields or {"job": msgspec.json.encode(a_job()).decode()}
    defaults: dict[str, Any] = {"id": an_id(), "cause": "It broke.", "at": NOW, "attempts": 1}
    return Parked(fields=fields, **defaults | changes)


def an_event_type(**changes: Any) -> EventType:
    """Half an hour by telephone, with an hour's notice."""
    defaults: dict[str, Any] = {
        "id": "event-type",
        "created_at": NOW,
        "name": "Half an hour",
        "duration_minutes": 30,
        "location": Location("phone"),
    }
    return EventType(**defaults | changes)


def a_booking_page(**changes: Any) -> BookingPage:
    """A page with weekday hours."""
    hours = (("09:00", "17:00"),)
    defaults: dict[str, Any] = {
        "id": "page",
        "created_at": NOW,
        "owner": "user",
        "title": "Talk to Hanna",
        "slug": f"hanna-{secrets.token_hex(4)}",
        "schedule": Schedule("Europe/Paris", Weekly(mon=hours, tue=hours, wed=hours, thu=hours, fri=hours)),
        "event_types": ["event-type"],
    }
    return BookingPage(**defaults | changes)


def a_user(**changes: Any) -> User:
    """A member who has not signed in yet."""
    defaults: dict[str, Any] = {
        "id": "user",
        "email": "hanna@host.test",
        "name": "Hanna Host",
        "role": "member",
        "created_at": NOW,
    }
    return User(**defaults | changes)


def a_photo(picture: str) -> Picture:
    """A photo of this id."""
    return Picture(picture, 192, 192)


def some_settings(**changes: Any) -> Settings:
    """The settings of a workspace as it starts."""
    defaults: dict[str, Any] = {"name": "Acme", "created_at": NOW}
    return Settings(**defaults | changes)


def an_api_key(**changes: Any) -> ApiKey:
    """An API key of the default user."""
    defaults: dict[str, Any] = {
        "id": an_id(),
        "user": "user",
        "label": "tests",
        "created_at": NOW,
        "scopes": [*EVERYTHING],
    }
    return ApiKey(**defaults | changes)


def an_invitation(**changes: Any) -> Invitation:
    """An invitation of a member; the id is the hash of its token, of which a sealed copy is kept."""
    token = changes.pop("token", None) or _token(WORKSPACE, tokens.INVITATION_LENGTH)
    invitation_id = tokens.address("invitation", token)
    defaults: dict[str, Any] = {
        "id": invitation_id,
        "email": "ivy@acme.test",
        "role": "member",
        "created_at": NOW,
        "created_by": "user",
        "expires_at": NOW + 14 * DAY,
        "token": SEALER.seal(Kept.INVITATION, f"{WORKSPACE}:{invitation_id}", token.encode()),
    }
    return Invitation(**defaults | changes)


def a_refresh_token(workspace: str = WORKSPACE) -> str:
    """A fresh refresh token."""
    return _token(workspace, tokens.REFRESH_TOKEN_LENGTH)


def a_connection(**changes: Any) -> Connection:
    """A user's connection to Google; its refresh token opens nothing."""
    defaults: dict[str, Any] = {
        "user": "user",
        "email": "user@acme.test",
        "scopes": ["https://www.googleapis.com/auth/calendar.events"],
        "refresh_token": "sealed",
        "connected_at": NOW,
    }
    return Connection(**defaults | changes)


def a_grant(**changes: Any) -> Grant:
    """A grant whose code has just been given out."""
    defaults: dict[str, Any] = {
        "user": "user",
        "client": CLIENT_ID,
        "redirect_uri": "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/",
        "challenge": "lkX6eV3Dg1mafQTsguXSCQIsEUq4U9MsY4-oBFmlkws",
        "created_at": NOW,
        "until": NOW + CODE_SECONDS,
        "current": secrets.token_hex(13),
    }
    return Grant(**defaults | changes)


def _token(workspace: str, length: int) -> str:
    return workspace + tokens.encode(secrets.token_bytes(40), length - tokens.WORKSPACE_LENGTH)
