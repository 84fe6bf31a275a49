"""POST /dashboard/settings/api-keys/{id}/delete"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.api_key_delete import delete_api_key
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import lead_to

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Delete an API key."""
    await delete_api_key(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to("/dashboard/settings/api-keys", said="key-deleted")
