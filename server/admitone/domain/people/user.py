"""A person who signs in, and the workspace's own settings."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from admitone.domain.mail.kinds import Reminders
from admitone.domain.pages.accent import Accent

Role = Literal["administrator", "member"]
OnCancel = Literal["keep", "reactivate"]
ExpiryDays = Annotated[int, Meta(ge=1, le=365)]
HourlyBookings = Annotated[int, Meta(ge=1, le=1000)]


class User(msgspec.Struct, frozen=True, kw_only=True):
    """A user of one workspace; identity is (issuer, subject) once they have signed in with Google."""

    id: str
    email: str
    name: str
    role: Role
    created_at: int
    active: bool = True
    issuer: str | None = None
    subject: str | None = None
    timezone: str | None = None


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for a whole workspace; `link_expiry_days` None means that links do not expire.

    `accent` is the colour of its customers' pages, None for ours. `general_link_bookings_per_hour` is how
    many one network address may make, None for any number.
    """

    name: str
    created_at: int
    domain: str | None = None
    join_by_domain: bool = True
    """Whether people of `domain` join as members at their first sign-in, or by invitation only."""
    link_expiry_days: ExpiryDays | None = 90
    on_cancel: OnCancel = "keep"
    calendar_sync: bool = False
    """Whether bookings follow their events where hosts move or delete them in Google Calendar."""
    accent: Accent | None = None
    general_link_bookings_per_hour: HourlyBookings | None = 60
    reminders: Reminders = []
    """When customers are reminded, where the event type does not say otherwise."""


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """An API key of one user; the key itself is shown once, and its id is its hash."""

    id: str
    user: str
    label: str
    created_at: int
    scope: Literal["read", "write"] = "write"
