"""Booking pages: `/dashboard/pages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.documents import convert
from admitone.domain.errors import FieldError, Forbidden, Invalid, SlugInUse, WouldBreakLinks
from admitone.domain.links.target import is_available
from admitone.domain.pages.booking_page import BookingPageBody
from admitone.usecases.accounts.own_zone import own_zone
from admitone.usecases.accounts.users import active_users, user_names
from admitone.usecases.pages.booking_pages import BOOKING_PAGES, all_booking_pages
from admitone.usecases.pages.event_types import EVENT_TYPES
from admitone.usecases.pages.target_read import read_target, read_targets
from admitone.usecases.shared.bodies import refuse
from admitone.usecases.shared.records import all_records, change_record, create_record, read_record
from admitone.web.dashboard.confirm import ask, delete_or_ask, is_confirmed
from admitone.web.dashboard.links.one_time import why_no_one_time
from admitone.web.dashboard.pages.booking_page_form import (
    as_patch,
    new_page,
    page_as_form,
    page_document,
    page_problems,
    read_page,
)
from admitone.web.dashboard.pages.setting_sentences import DAYS, QUESTION_KINDS
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.views import plain
from admitone.web.dashboard.zone_choices import zone_choices
from admitone.web.http.appkeys import CALLER, CONFIG, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.pages.booking_page import BookingPage
    from admitone.usecases.shared.services import Caller, Services
    from admitone.web.dashboard.pages.booking_page_form import PageForm


async def show_list(request: web.Request) -> web.Response:
    """List booking pages, the caller's own first."""
    caller = request[CALLER]
    pages = await all_booking_pages(request.app[SERVICES], caller)
    targets = await read_targets(caller.snapshot, [page.id for page in pages])
    return await show_room(
        request,
        "pages",
        {
            "room": "pages",
            "part": "pages",
            "pages": pages,
            "one_time": {page for page, target in targets.items() if is_available(target, None)},
            "names": await user_names(caller, [page.owner for page in pages]),
            "public_url": request.app[CONFIG].public_url,
        },
    )


async def create(request: web.Request) -> web.Response:
    """Create a booking page."""
    sent = read_page(await read_form(request))
    try:
        refuse(page_problems(sent))
        body = convert(page_document(sent), BookingPageBody)
        made = plain(await create_record(request.app[SERVICES], request[CALLER], BOOKING_PAGES, body))
    except Invalid as refusal:
        return await show_form(request, None, sent, by_field(refusal))
    except SlugInUse as refusal:
        return await show_form(request, None, sent, by_field(Invalid(FieldError("slug", refusal.detail))))
    return lead_to(f"/dashboard/pages/{made['id']}", said="created")


async def show_new(request: web.Request) -> web.Response:
    """Show the form of a new booking page."""
    services, caller = request.app[SERVICES], request[CALLER]
    event_types = [event_type.id for event_type in await all_records(services, caller, EVENT_TYPES)]
    return await show_form(
        request, None, new_page(await own_zone(services, caller), caller.user.id, event_types)
    )


async def show(request: web.Request) -> web.Response:
    """Show one booking page: its address, its event types, its hours."""
    caller = request[CALLER]
    page = await page_of(request)
    target = await read_target(caller.snapshot, page.id)
    names = await user_names(caller, [page.owner])
    return await show_room(
        request,
        "page",
        {
            "room": "pages",
            "page": page,
            "hours": page_as_form(page),
            "event_types": target.event_types if target else [],
            "host": names.get(page.owner, "somebody who left"),
            "is_host_gone": bool(target and target.owner and not target.owner.active),
            "why_not": why_no_one_time(target),
            "may_change": may_change(request, page),
            "public_url": request.app[CONFIG].public_url,
        },
    )


async def page_of(request: web.Request) -> BookingPage:
    """The page that the address names; raises NotFound."""
    return await read_record(request[CALLER], BOOKING_PAGES, request.match_info["id"])


async def own_page(request: web.Request) -> BookingPage:
    """As `page_of`, for who may change it; raises NotFound, Forbidden."""
    page = await page_of(request)
    if not may_change(request, page):
        raise Forbidden
    return page


def may_change(request: web.Request, page: BookingPage) -> bool:
    """Whether the caller may change the page: its owner and administrators."""
    caller = request[CALLER]
    return caller.is_administrator or page.owner == caller.user.id


async def update(request: web.Request) -> web.Response:
    """Change a booking page."""
    page = await own_page(request)
    form = await read_form(request)
    sent = read_page(form)
    room = f"/dashboard/pages/{page.id}"
    try:
        refuse(page_problems(sent))
        patch = as_patch(page_document(sent), page)
        services, caller = request.app[SERVICES], request[CALLER]
        await change_record(services, caller, BOOKING_PAGES, page.id, patch, confirm=is_confirmed(form))
    except Invalid as refusal:
        return await show_form(request, page, sent, by_field(refusal))
    except SlugInUse as refusal:
        return await show_form(request, page, sent, by_field(Invalid(FieldError("slug", refusal.detail))))
    except WouldBreakLinks as refusal:
        return await ask(request, form, refusal, room="pages", action="Save all the same", back=room)
    return lead_to(room, said="saved")


async def show_edit(request: web.Request) -> web.Response:
    """Show the form of a booking page."""
    page = await own_page(request)
    return await show_form(request, page, page_as_form(page))


async def show_form(
    request: web.Request,
    page: BookingPage | None,
    form: PageForm,
    errors: Mapping[str, str] | None = None,
) -> web.Response:
    """The form of `page`, None for a new one; with `errors` by field after it was refused."""
    services, caller = request.app[SERVICES], request[CALLER]
    users = await _hosts(services, caller, form.owner) if caller.is_administrator else []
    context = {
        "room": "pages",
        "page": page,
        "form": form,
        "values": {
            "title": form.title,
            "slug": form.slug,
            "description": form.description,
            "schedule.timezone": form.timezone,
            "theme": form.theme,
            "owner": form.owner,
        },
        "errors": errors or {},
        "event_types": await all_records(services, caller, EVENT_TYPES),
        "days": tuple(DAYS.items()),
        "kinds": tuple(QUESTION_KINDS.items()),
        "zones": zone_choices(form.timezone),
        "users": users,
        "public_url": request.app[CONFIG].public_url,
    }
    return await show_room(request, "page_form", context, status=422 if errors else 200)


async def _hosts(services: Services, caller: Caller, owner: str) -> list[tuple[str, str]]:
    """Who can be the host; a host who was deactivated stays it until somebody else is chosen."""
    hosts = [(user.id, user.name) for user in await active_users(services, caller)]
    if all(user != owner for user, _ in hosts):
        hosts += (await user_names(caller, [owner])).items()
    return hosts


async def delete(request: web.Request) -> web.Response:
    """Delete a booking page."""
    return await delete_or_ask(request, BOOKING_PAGES, room="pages", list_at="/dashboard/pages")
