"""The mails of the workspace, and when reminders are sent: `/dashboard/settings/mail`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.domain.mail.kinds import MAILS
from admitone.usecases.accounts.settings_update import update_settings
from admitone.usecases.accounts.settings_view import SettingsBody, read_settings
from admitone.usecases.mail.kept_mail import list_kept_mails, read_kept_mail
from admitone.usecases.mail.mail_template_view import list_mail_templates
from admitone.usecases.shared.mail_set_up import mail_set_up
from admitone.web.dashboard.mail.mail_document import show_mail
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.struct_form import StructForm
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.web.dashboard.struct_form import FormValues

PATH = "/dashboard/settings/mail"
REMINDERS = StructForm(SettingsBody, only=("reminders",))


async def show(request: web.Request) -> web.Response:
    """Show how mail is sent, the mails, and those that nothing could send."""
    settings = await read_settings(request.app[SERVICES], request[CALLER])
    return await show_mails(request, REMINDERS.values(settings))


async def show_mails(
    request: web.Request, values: FormValues, errors: Mapping[str, str] | None = None
) -> web.Response:
    """The room; with `errors` by field if the reminders were refused."""
    services, caller = request.app[SERVICES], request[CALLER]
    context = {
        "room": "settings",
        "part": "mail",
        "set_up": await mail_set_up(services, caller.workspace, caller.user.id),
        "templates": await list_mail_templates(services, caller),
        "names": MAILS,
        "kept": await list_kept_mails(services, caller),
        "values": values,
        "errors": errors or {},
    }
    return await show_room(request, "mail/mails", context, status=422 if errors else 200)


async def update_reminders(request: web.Request) -> web.Response:
    """Change when customers are reminded."""
    form = await read_form(request)
    values, patch = REMINDERS.read(form)
    try:
        form.refuse()
        await update_settings(request.app[SERVICES], request[CALLER], patch)
    except Invalid as refusal:
        return await show_mails(request, values, by_field(refusal))
    return lead_to(PATH, said="saved")


async def show_kept(request: web.Request) -> web.Response:
    """Show a mail that nothing could send, as its recipient would have seen it."""
    mail = await read_kept_mail(request.app[SERVICES], request[CALLER], request.match_info["mail"])
    message = mail.message
    return show_mail(
        request, subject=message.subject, text=message.text, html=message.html, to=message.to.address
    )
