"""GET /dashboard/pages/new"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.event_type_all import all_event_types
from admitone.usecases.own_zone import own_zone
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.page_edit import show_form
from admitone.web.dashboard.page_form import new_page

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Show the form of a new booking page."""
    services, caller = request.app[SERVICES], request[CALLER]
    event_types = [event_type.id for event_type in await all_event_types(services, caller)]
    return await show_form(
        request, None, new_page(await own_zone(services, caller), caller.user.id, event_types)
    )
