"""POST /dashboard/settings/mail/{kind}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.usecases.mail_template_update import update_mail_template
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.mail_template import show_template
from admitone.web.dashboard.room import lead_to
from admitone.web.dashboard.sent_form import by_field, read_form

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.web.dashboard.sent_form import SentForm


async def handle(request: web.Request) -> web.Response:
    """Write the workspace's own template of one mail."""
    form, kind = await read_form(request), request.match_info["kind"]
    try:
        await update_mail_template(request.app[SERVICES], request[CALLER], kind, sent_template(form), convert)
    except Invalid as refusal:
        return await show_template(request, form.fields, by_field(refusal))
    return lead_to(f"/dashboard/settings/mail/{kind}", said="saved")


def sent_template(form: SentForm) -> dict[str, str]:
    """The template that was typed; a text ends with a line end, as mails do."""
    return {"subject": form.text("subject"), "text": f"{form.text('text')}\n", "html": form.text("html")}
