"""POST /dashboard/settings/mail/{kind}/reset"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.mail_template_update import reset_mail_template
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import lead_to

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Go back to the built-in template of one mail."""
    kind = request.match_info["kind"]
    await reset_mail_template(request.app[SERVICES], request[CALLER], kind)
    return lead_to(f"/dashboard/settings/mail/{kind}", said="mail-reset")
