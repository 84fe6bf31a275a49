"""The mails of the workspace, and when reminders go out: `/dashboard/settings/mail`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.errors import Invalid
from admitone.usecases.accounts.settings_update import update_settings
from admitone.usecases.mail.kept_mail import list_kept_mails, read_kept_mail
from admitone.usecases.mail.mail_set_up import mail_set_up
from admitone.usecases.mail.mail_template_view import list_mail_templates
from admitone.web.dashboard.mail.mail_document import show_mail
from admitone.web.dashboard.mail.mail_names import MAILS
from admitone.web.dashboard.mail.reminder_form import reminder_fields, sent_reminders
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web


async def show(request: web.Request) -> web.Response:
    """Show how mail goes out, which mails there are, and those that nothing could send."""
    settings = await request[CALLER].snapshot.settings()
    return await show_mails(request, reminder_fields(settings.reminders))


async def show_mails(
    request: web.Request, values: Mapping[str, Any], errors: Mapping[str, str] | None = None
) -> web.Response:
    """The room; with `errors` by field after the reminders were refused."""
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
    return await show_room(request, "mails", context, status=422 if errors else 200)


async def update_reminders(request: web.Request) -> web.Response:
    """Change when customers are reminded."""
    form = await read_form(request)
    patch = {"reminders": sent_reminders(form)}
    try:
        form.refuse()
        await update_settings(request.app[SERVICES], request[CALLER], patch)
    except Invalid as refusal:
        return await show_mails(request, form.fields, by_field(refusal))
    return lead_to("/dashboard/settings/mail", said="saved")


async def show_kept(request: web.Request) -> web.Response:
    """Show a mail that nothing could send, as its recipient would have seen it."""
    mail = await read_kept_mail(request.app[SERVICES], request[CALLER], request.match_info["mail"])
    message = mail.message
    return show_mail(
        request, subject=message.subject, text=message.text, html=message.html, to=message.to.address
    )
