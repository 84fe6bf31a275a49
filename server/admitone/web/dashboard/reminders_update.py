"""POST /dashboard/settings/mail"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.usecases.settings_update import update_settings
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.mails import show_mails
from admitone.web.dashboard.reminder_form import sent_reminders
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Change when customers are reminded."""
    form = await read_form(request)
    patch = {"reminders": sent_reminders(form)}
    try:
        form.refuse()
        await update_settings(request.app[SERVICES], request[CALLER], patch, convert)
    except Invalid as refusal:
        return await show_mails(request, form.fields, by_field(refusal))
    return lead_to("/dashboard/settings/mail", said="saved")
