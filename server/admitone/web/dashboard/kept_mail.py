"""GET /dashboard/settings/kept-mail/{mail}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.kept_mail import read_kept_mail
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.mail_document import show_mail

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Show a mail that nothing could send, as its recipient would have seen it."""
    mail = await read_kept_mail(request.app[SERVICES], request[CALLER], request.match_info["mail"])
    message = mail.message
    return show_mail(
        request, subject=message.subject, text=message.text, html=message.html, to=message.to.address
    )
