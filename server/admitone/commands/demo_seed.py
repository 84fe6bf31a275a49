"""The demo's workspace: two users, three event types and a booking page each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.schedule import Schedule, Weekly
from admitone.domain.errors import SlugInUse
from admitone.domain.pages.booking_page import BookingPageBody
from admitone.domain.pages.event_type import EventTypeBody, Location
from admitone.domain.people.user import User
from admitone.fakegoogle.demo import ACCOUNTS
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.usecases.accounts.user_find import ensure_user
from admitone.usecases.pages.booking_pages import BOOKING_PAGES
from admitone.usecases.pages.event_types import EVENT_TYPES
from admitone.usecases.shared.records import all_records, create_record
from admitone.usecases.shared.services import Caller

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services

PEOPLE = (("admin@acme.test", "Ada Keller", "ada"), ("member@acme.test", "Max Brunner", "max"))
MEETINGS = (("Quick question", 15), ("Intro call", 30), ("Consultation", 60))
WEEKDAYS = (("09:00", "12:30"), ("13:30", "17:00"))
ZONE = next(each.time_zone for each in ACCOUNTS if each.email == PEOPLE[0][0])
"""The zone of the pages: that of the accounts' calendars."""


class Demo(msgspec.Struct, frozen=True):
    """The demo's records: the workspace, its users, the administrator, a page and an event type."""

    workspace: str
    users: Sequence[str]
    administrator: User
    page: str
    event_type: str


async def seed_demo(services: Services) -> Demo:
    """Create the demo's records that are missing; existing ones stay as they are."""
    callers = []
    for email, name, _ in PEOPLE:
        workspace, user = await ensure_user(services, email, name=name)
        snapshot = await read_snapshot(services.store, workspace, Wanted())
        callers.append(Caller(snapshot, user))
    event_types = await _event_types(services, callers[0])
    for caller, (_, name, slug) in zip(callers, PEOPLE, strict=True):
        await ensure_page(services, caller, name, slug, event_types)
    pages = await all_records(services, callers[0], BOOKING_PAGES)
    users = [caller.user.id for caller in callers]
    return Demo(callers[0].workspace, users, callers[0].user, pages[0].id, event_types[1])


async def _event_types(services: Services, caller: Caller) -> list[str]:
    there = await all_records(services, caller, EVENT_TYPES)
    if there:
        return [event_type.id for event_type in there]
    made = [
        await create_record(
            services,
            caller,
            EVENT_TYPES,
            EventTypeBody(name=name, duration_minutes=minutes, location=Location("google_meet")),
        )
        for name, minutes in MEETINGS
    ]
    return [event_type.id for event_type in made]


async def ensure_page(
    services: Services, caller: Caller, name: str, slug: str, event_types: list[str]
) -> None:
    """Give the caller a booking page if they have none."""
    if await all_records(services, caller, BOOKING_PAGES, lambda page: page.owner == caller.user.id):
        return
    days = Weekly(mon=WEEKDAYS, tue=WEEKDAYS, wed=WEEKDAYS, thu=WEEKDAYS, fri=WEEKDAYS)
    body = BookingPageBody(
        title=f"Meet {name.split(maxsplit=1)[0]}",
        slug=slug,
        schedule=Schedule(timezone=ZONE, weekly=days),
        event_types=event_types,
        description="Choose a time that suits you.",
    )
    try:
        await create_record(services, caller, BOOKING_PAGES, body)
    except SlugInUse:  # by another workspace on this data, so that the demo takes a slug of its own
        longer = msgspec.structs.replace(body, slug=f"{slug}-{caller.workspace.lower()}")
        await create_record(services, caller, BOOKING_PAGES, longer)
