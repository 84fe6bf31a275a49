"""POST /dashboard/event-types/{id}/delete"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_delete import delete_event_type
from admitone.web.dashboard.confirm import delete_or_ask

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Delete an event type."""
    return await delete_or_ask(
        request, delete_event_type, room="event-types", list_at="/dashboard/event-types"
    )
