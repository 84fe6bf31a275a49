"""DELETE /api/v1/mail-templates/{mail}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.mail_template_update import reset_mail_template
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import no_content
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(status=204)
async def handle(request: web.Request) -> web.Response:
    """Delete the workspace's own template of one mail: the built-in one is used again."""
    await reset_mail_template(request.app[SERVICES], request[CALLER], request.match_info["mail"])
    return no_content()
