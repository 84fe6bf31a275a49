"""GET /dashboard/settings/mail"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.usecases.kept_mail import list_kept_mails
from admitone.usecases.mail_set_up import mail_set_up
from admitone.usecases.mail_template_view import list_mail_templates
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.mail_words import MAILS
from admitone.web.dashboard.reminder_form import reminder_fields
from admitone.web.dashboard.room import show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
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
    return await show(request, "mails", context, status=422 if errors else 200)
