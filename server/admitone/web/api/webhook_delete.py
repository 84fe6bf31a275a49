"""DELETE /api/v1/webhooks/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.webhook_update import delete_webhook
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import no_content
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(status=204)
async def handle(request: web.Request) -> web.Response:
    """Delete a webhook; it is told of nothing more."""
    await delete_webhook(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return no_content()
