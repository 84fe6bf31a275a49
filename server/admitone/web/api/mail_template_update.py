"""PATCH /api/v1/mail-templates/{mail}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.mail import MailTemplateBody
from admitone.usecases.mail_template_update import update_mail_template
from admitone.usecases.mail_template_view import MailTemplateView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert, read_patch, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(MailTemplateView, patch=MailTemplateBody)
async def handle(request: web.Request) -> web.Response:
    """Change the template of one mail by a merge patch (RFC 7396); it starts from the one in use."""
    patch = await read_patch(request)
    kind = request.match_info["mail"]
    answer = await update_mail_template(request.app[SERVICES], request[CALLER], kind, patch, convert)
    return respond_json(answer)
