"""A one-time link and its states (docs/rules/links.md)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from admitone.domain.errors import (
    FieldError,
    LinkBooked,
    LinkExpired,
    LinkRevoked,
    LinkUnavailable,
    Refusal,
)
from admitone.domain.links.content import Content
from admitone.domain.people.user import ExpiryDays, OnCancel
from admitone.domain.text import kept_name, name_problems, text_problems

Channel = Literal["extension", "addon", "dashboard", "api", "workflow"]
DAY = 86_400


class LinkState(StrEnum):
    """Stored are only booking and revocation; the rest is computed at every read."""

    ACTIVE = "active"
    BOOKED = "booked"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNAVAILABLE = "unavailable"


REFUSALS: dict[LinkState, type[Refusal]] = {
    LinkState.BOOKED: LinkBooked,
    LinkState.REVOKED: LinkRevoked,
    LinkState.EXPIRED: LinkExpired,
    LinkState.UNAVAILABLE: LinkUnavailable,
}


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom a personalised link is for; the name holds no bidi controls."""

    name: str
    email: str

    def __post_init__(self) -> None:
        """Keep a name that cannot turn the text around it."""
        msgspec.structs.force_setattr(self, "name", kept_name(self.name))


class LinkOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller chooses for new links.

    `expires_in_days` left out means the workspace's setting. `content` is how `html` and `text` of the answer
    are written; it is not stored.
    """

    page: str
    event_type: str | None = None
    skip_form: bool | None = None
    expires_in_days: ExpiryDays | msgspec.UnsetType | None = msgspec.UNSET
    on_cancel: OnCancel | None = None
    note: str = ""
    channel: Channel = "api"
    content: Content | None = None


class LinkBody(LinkOptions, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes to make one link."""

    person: Person | None = None


class BatchPerson(Person, frozen=True, forbid_unknown_fields=True):
    """One of the people of a batch; `note` outranks the batch's."""

    note: str | None = None


class BatchBody(LinkOptions, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes to make one link for each of up to 1,000 people."""

    people: Annotated[list[BatchPerson], Meta(min_length=1, max_length=1000)]


LinkMailKind = Literal["link", "reminder"]


class LinkMailBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which mail the person of a link is sent: the one that brings the link, or one that reminds of it."""

    kind: LinkMailKind


class LinkPatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What may change of a link (RFC 7396); `expires_in_days` counts from the change."""

    expires_in_days: ExpiryDays | msgspec.UnsetType | None = msgspec.UNSET
    note: str | msgspec.UnsetType | None = msgspec.UNSET
    on_cancel: OnCancel | msgspec.UnsetType | None = msgspec.UNSET


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time link as it is stored; times are epoch seconds; `bookings` are ids, oldest first."""

    id: str
    page: str
    created_by: str
    created_at: int
    code: str
    on_cancel: OnCancel = "keep"
    channel: Channel = "api"
    event_type: str | None = None
    expires_at: int | None = None
    skip_form: bool | None = None
    name: str | None = None
    email: str | None = None
    note: str = ""
    booked: str | None = None
    bookings: Sequence[str] = ()
    revoked_at: int | None = None
    fetched_at: int | None = None
    fetches: int = 0
    opened_at: int | None = None
    first_booked_at: int | None = None
    """When it was first redeemed; that stays, whatever became of the booking."""
    counted: str | None = None
    """What it has contributed to the counters of reports (domain/reports/shares.py); None: nothing yet."""
    operation: str | None = None
    """The operation of the Idempotency-Key that made it: its answer is kept for a day."""
    run: str | None = None
    """The run of a workflow that made it."""

    @property
    def person(self) -> Person | None:
        """The person of a personalised link, else None."""
        return Person(self.name or "", self.email) if self.email else None

    def state(self, now: int, *, available: bool) -> LinkState:
        """The state at `now`; `available` says whether the link's target can be booked at all."""
        if self.booked:
            return LinkState.BOOKED
        if self.revoked_at is not None:
            return LinkState.REVOKED
        if self.expires_at is not None and self.expires_at <= now:
            return LinkState.EXPIRED
        return LinkState.ACTIVE if available else LinkState.UNAVAILABLE


def expiry(days: int | None, now: int) -> int | None:
    """When a link that is valid for `days` from `now` expires (epoch seconds); None is never."""
    return None if days is None else now + days * DAY


def person_problems(prefix: str, person: Person) -> list[FieldError]:
    """The errors in a person's name; the address is checked when it is normalised."""
    return name_problems(f"{prefix}name", person.name)


def note_problems(field: str, note: str | None) -> list[FieldError]:
    """The errors in a note."""
    return text_problems(field, note or "", most=1000)
