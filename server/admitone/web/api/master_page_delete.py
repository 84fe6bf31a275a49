"""DELETE /api/v1/master-pages/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.breaking_links import Confirmation
from admitone.usecases.config_delete import delete_master_page
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import no_content, query
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(status=204, query=Confirmation)
async def handle(request: web.Request) -> web.Response:
    """Delete a master page."""
    confirm = query(request, Confirmation).confirm
    await delete_master_page(
        request.app[SERVICES], request[CALLER], request.match_info["id"], confirm=confirm
    )
    return no_content()
