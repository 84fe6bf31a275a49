"""GET /api/v1/mail-templates/{mail}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.mail_template_view import MailTemplateView, read_mail_template
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(MailTemplateView)
async def handle(request: web.Request) -> web.Response:
    """Show the template in use for one kind of mail."""
    kind = request.match_info["mail"]
    return respond_json(await read_mail_template(request.app[SERVICES], request[CALLER], kind))
