"""DELETE /api/v1/api-keys/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.api_key_delete import delete_api_key
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import no_content
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(status=204)
async def handle(request: web.Request) -> web.Response:
    """Delete an API key; it stops working at once."""
    await delete_api_key(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return no_content()
