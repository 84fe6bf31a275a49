"""GET and POST /dashboard/settings/mail/{kind}/preview"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.domain.mail import MailTemplateBody
from admitone.usecases.mail_template_update import preview_mail_template
from admitone.usecases.mail_template_view import read_mail_template
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.mail_template_update import sent_template
from admitone.web.dashboard.sent_form import read_form
from admitone.web.mail_document import show_mail

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Show the mail that a template makes of the example: the one in use, or as it was typed so far."""
    services, kind = request.app[SERVICES], request.match_info["kind"]
    try:
        if request.method == "POST":
            body = convert(sent_template(await read_form(request)), MailTemplateBody)
        else:
            body = await read_mail_template(services, request[CALLER], kind)
        mail = preview_mail_template(services, kind, body)
    except Invalid as refusal:
        return show_mail(request, problems=refusal.errors)
    return show_mail(request, subject=mail.subject, text=mail.text, html=mail.html)
