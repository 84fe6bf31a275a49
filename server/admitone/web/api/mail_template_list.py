"""GET /api/v1/mail-templates"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.listing import Page
from admitone.usecases.mail_template_view import MailTemplateView, list_mail_templates
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(Page[MailTemplateView])
async def handle(request: web.Request) -> web.Response:
    """List the template in use for each kind of mail, built in or the workspace's own."""
    items = await list_mail_templates(request.app[SERVICES], request[CALLER])
    return respond_json(Page(items, None))
