"""GET /dashboard/pages/{id}/edit"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.event_type_all import all_event_types
from admitone.usecases.user_list import list_users
from admitone.usecases.user_names import user_names
from admitone.web.appkeys import CALLER, CONFIG, SERVICES
from admitone.web.dashboard.page import own_page
from admitone.web.dashboard.page_form import page_as_form
from admitone.web.dashboard.room import show
from admitone.web.dashboard.words import DAYS, QUESTION_KINDS
from admitone.web.dashboard.zone_choices import zone_choices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.booking_page import BookingPage
    from admitone.usecases.services import Caller, Services
    from admitone.web.dashboard.page_form import PageForm


async def handle(request: web.Request) -> web.Response:
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
        "event_types": await all_event_types(services, caller),
        "days": tuple(DAYS.items()),
        "kinds": tuple(QUESTION_KINDS.items()),
        "zones": zone_choices(form.timezone),
        "users": users,
        "public_url": request.app[CONFIG].public_url,
    }
    return await show(request, "page_form", context, status=422 if errors else 200)


async def _hosts(services: Services, caller: Caller, owner: str) -> list[tuple[str, str]]:
    """Who can be the host; a host who was deactivated stays it until somebody else is chosen."""
    hosts = [(user.id, user.name) for user in await list_users(services, caller)]
    if all(user != owner for user, _ in hosts):
        hosts += (await user_names(caller, [owner])).items()
    return hosts
