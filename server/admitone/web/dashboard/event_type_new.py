"""GET /dashboard/event-types/new"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.web.dashboard.event_type import show_form
from admitone.web.dashboard.event_type_form import BLANK, event_type_fields

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Show the form of a new event type."""
    return await show_form(request, None, event_type_fields(BLANK))
