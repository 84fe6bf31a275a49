"""The booking page that a new user gets at their first sign-in, and a new workspace's first event type.

They are written in one step with the user, so that no crash and no second tab can leave a user without a
page, or with two. Their ids follow from those of the user and of the workspace: the next sign-in claims again
what one that died had claimed, and of two that write an event type at once, the script lets one
(docs/decisions/095-a-new-user-has-a-page.md).
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.availability.schedule import Schedule, Weekly
from admitone.domain.availability.zones import zone_names
from admitone.domain.pages.booking_page import BookingPage
from admitone.domain.pages.event_type import EventType, EventTypeBody
from admitone.domain.pages.page import slug_problem
from admitone.domain.text import line_problems
from admitone.store.records.configuration.configuration import RecordWrite
from admitone.texts.message import message
from admitone.texts.translator import translator
from admitone.usecases.pages.booking_pages import BOOKING_PAGES
from admitone.usecases.pages.event_types import EVENT_TYPES
from admitone.usecases.shared.record_writes import creation_order
from admitone.usecases.shared.records import first_record
from admitone.usecases.shared.reporting_day import reporting_zone
from admitone.usecases.shared.services import Caller
from admitone.usecases.shared.slugs import claim_first_free, slug_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admitone.domain.people.user import User
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.texts.translator import Translator
    from admitone.usecases.shared.services import Services

DAY = (("09:00", "17:00"),)
WEEK = Weekly(mon=DAY, tue=DAY, wed=DAY, thu=DAY, fri=DAY)
LONGEST_NAME = 40


class Start(msgspec.Struct, frozen=True):
    """What the browser of a first sign-in says: its time zone, None if unknown, and its `language` tag."""

    language: str
    timezone: str | None = None


def first_page_id(user: str) -> str:
    """The id of the page that the user got at their first sign-in; the page may not exist."""
    return _derived_id("first page", user)


async def first_records(
    services: Services, snapshot: Snapshot, user: User, start: Start
) -> list[RecordWrite]:
    """The records to write with a user who signs in for the first time; none if they have a page already.

    The page offers the workspace's oldest event type. Its slug is claimed when this returns.
    """
    caller, now, texts = Caller(snapshot, user), services.now(), translator(start.language)
    if await first_record(services, caller, BOOKING_PAGES, lambda page: page.owner == user.id):
        return []
    event_type = await first_record(services, caller, EVENT_TYPES, lambda _event_type: True)
    records = []
    if event_type is None:
        event_type = _first_event_type(snapshot.workspace, texts, now)
        records.append(_new("event_type", event_type))
    zone = start.timezone if start.timezone in zone_names() else None
    page = BookingPage(
        id=first_page_id(user.id),
        created_at=now,
        owner=user.id,
        title=texts.say(message("Meet %(name)s", name=_first_name(user))),
        slug=await claim_first_free(services, snapshot.workspace, _slugs(user), first_page_id(user.id)),
        schedule=Schedule(
            timezone=zone or (await reporting_zone(snapshot)).key,
            weekly=WEEK,
        ),
        event_types=[event_type.id],
    )
    return [*records, _new("booking_page", page)]


def _first_event_type(workspace: str, texts: Translator, now: int) -> EventType:
    body = EventTypeBody(name=texts.say(message("30-minute meeting")), duration_minutes=30)
    event_type_id = _derived_id("first event type", workspace)
    return EventType(**msgspec.structs.asdict(body), id=event_type_id, created_at=now)


def _first_name(user: User) -> str:
    """The first word of the user's name, in whatever script; of the address if no title can hold it."""
    words = user.name.split()
    is_fit = bool(words) and not line_problems("name", words[0])
    return (words[0] if is_fit else user.email.partition("@")[0])[:LONGEST_NAME]


def _slugs(user: User) -> Iterator[str]:
    """Slugs to try: the first name, the whole name, then one with random characters, without end."""
    first, whole = slug_from(_first_name(user)), slug_from(user.name)
    yield from (slug for slug in (first, whole) if slug_problem(slug) is None)
    while True:
        yield f"{first or 'meet'}-{secrets.token_hex(3)}"


def _derived_id(what: str, record: str) -> str:
    """An id that `what` of a record always has."""
    digest = hashlib.sha256(f"{what}:{record}".encode()).digest()
    return tokens.encode(digest, tokens.RECORD_LENGTH).lower()


def _new(kind: str, record: EventType | BookingPage) -> RecordWrite:
    return RecordWrite(kind=kind, id=record.id, version=0, record=record, created_at=creation_order())
