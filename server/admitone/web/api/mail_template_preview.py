"""POST /api/v1/mail-templates/{mail}/preview"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.mail import MailTemplateBody
from admitone.mail.templates import Rendered
from admitone.usecases.mail_template_update import preview_mail_template
from admitone.web.appkeys import SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Rendered, body=MailTemplateBody)
async def handle(request: web.Request) -> web.Response:
    """Show what a template makes of an example; nothing is kept."""
    body = await read_json(request, MailTemplateBody)
    return respond_json(preview_mail_template(request.app[SERVICES], request.match_info["mail"], body))
