"""Booking pages: `/dashboard/pages`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.pages.booking_page import BookingPageBody
from admitone.domain.people.user_names import names_apart
from admitone.texts.message import message
from admitone.usecases.accounts.own_zone import own_zone
from admitone.usecases.accounts.users import active_users, user_names
from admitone.usecases.pages.booking_pages import BOOKING_PAGES, all_booking_pages
from admitone.usecases.pages.event_types import EVENT_TYPES
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.shared.records import all_records
from admitone.web.dashboard.form_parts import LeftOutIfEmpty
from admitone.web.dashboard.language_choices import page_language, page_languages
from admitone.web.dashboard.links.one_time import why_no_one_time
from admitone.web.dashboard.pages.code_warning import can_send_codes, lacks_codes
from admitone.web.dashboard.pages.hours_form import OverridesPart, WeeklyPart, office_hours
from admitone.web.dashboard.pages.page_lists import page_list_context
from admitone.web.dashboard.pages.question_form import QuestionsPart
from admitone.web.dashboard.pages.slug_form import Slug
from admitone.web.dashboard.record_room import RecordRoom, find_record
from admitone.web.dashboard.room import show_room
from admitone.web.dashboard.struct_form import StructForm
from admitone.web.dashboard.zone_choices import zone_choices
from admitone.web.http.appkeys import CALLER, CONFIG, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.pages.booking_page import BookingPage
    from admitone.usecases.shared.services import Caller, Services
    from admitone.web.dashboard.struct_form import FormValues


async def show_list(request: web.Request) -> web.Response:
    """List booking pages, the caller's own first."""
    caller = request[CALLER]
    pages = await all_booking_pages(request.app[SERVICES], caller)
    context = await page_list_context(request, "pages", pages)
    names = await user_names(caller, [page.owner for page in pages])
    return await show_room(request, "pages/booking_pages", context | {"names": names})


async def show(request: web.Request) -> web.Response:
    """Show one booking page: its address, its event types, its hours, its looks."""
    caller = request[CALLER]
    page = await find_record(request, BOOKING_PAGES)
    target = await read_target(caller.snapshot, page.id)
    names = await user_names(caller, [page.owner])
    values = ROOM.form.values(page)
    context = {
        "room": "pages",
        "page": page,
        "weekly": values["schedule.weekly"],
        "overrides": values["schedule.overrides"],
        "event_types": target.event_types if target else [],
        "host": names.get(page.owner),
        "language": await page_language(request, page.locale),
        "is_host_gone": bool(target and target.owner and not target.owner.active),
        "why_not": why_no_one_time(target),
        "lacks_codes": await lacks_codes(request, page, target),
        "may_change": may_change(caller, page),
        "public_url": request.app[CONFIG].public_url,
    }
    return await show_room(request, "pages/booking_page", context)


def may_change(caller: Caller, page: BookingPage) -> bool:
    """Whether the caller may change the page: its owner and administrators may."""
    return caller.is_administrator or page.owner == caller.user.id


async def _blank(request: web.Request) -> BookingPageBody:
    """A new page has office hours and offers every event type."""
    services, caller = request.app[SERVICES], request[CALLER]
    event_types = [event_type.id for event_type in await all_records(services, caller, EVENT_TYPES)]
    schedule = office_hours(await own_zone(services, caller))
    return BookingPageBody(
        title="", slug="", schedule=schedule, event_types=event_types, owner=caller.user.id
    )


async def _context(request: web.Request, values: FormValues, _errors: Mapping[str, str]) -> dict[str, Any]:
    """The event types, hosts and zones to choose from."""
    services, caller = request.app[SERVICES], request[CALLER]
    owner = values.get("owner") or ""
    return {
        "event_types": await all_records(services, caller, EVENT_TYPES),
        "zones": zone_choices(values.get("schedule.timezone")),
        "can_send_codes": await can_send_codes(request, owner),
        "users": await _hosts(services, caller, owner) if caller.is_administrator else [],
        "languages": await page_languages(request),
        "public_url": request.app[CONFIG].public_url,
    }


async def _hosts(services: Services, caller: Caller, owner: str) -> list[tuple[str, str]]:
    """Users who can be the host; `owner` remains among them when deactivated, until another is chosen."""
    hosts = [*names_apart(await active_users(services, caller)).items()]
    if all(user != owner for user, _ in hosts):
        hosts += (await user_names(caller, [owner])).items()
    return hosts


def _patch(document: dict[str, Any], before: BookingPage) -> dict[str, Any]:
    """The merge patch that turns `before` into the document; it also removes dates."""
    schedule = document["schedule"]
    gone = dict.fromkeys(before.schedule.overrides.keys() - schedule["overrides"].keys())
    return document | {"schedule": schedule | {"overrides": schedule["overrides"] | gone}}


ROOM = RecordRoom(
    kind=BOOKING_PAGES,
    path="/dashboard/pages",
    room="pages",
    list_name=message("Pages"),
    template="pages/booking_page_form",
    form=StructForm(
        BookingPageBody,
        {
            "slug": Slug(),
            "schedule.weekly": WeeklyPart(),
            "schedule.overrides": OverridesPart(),
            "form": QuestionsPart(),
            "owner": LeftOutIfEmpty(),
        },
    ),
    blank=_blank,
    context=_context,
    patch=_patch,
)
show_new = ROOM.show_new
show_copy = ROOM.show_copy
create = ROOM.create
show_edit = ROOM.show_edit
update = ROOM.update
delete = ROOM.delete
