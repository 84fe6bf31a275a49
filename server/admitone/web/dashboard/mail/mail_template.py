"""One mail of the workspace: `/dashboard/settings/mail/KIND`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid
from admitone.domain.mail.kinds import MailTemplateBody
from admitone.domain.mail.values import example_values
from admitone.usecases.mail.mail_template_update import (
    preview_mail_template,
    reset_mail_template,
    update_mail_template,
)
from admitone.usecases.mail.mail_template_view import mail_kind, read_mail_template
from admitone.web.dashboard.mail.mail_document import show_mail
from admitone.web.dashboard.mail.mail_names import MAILS
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.headers import with_frames

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.mail.values import MailValues
    from admitone.web.dashboard.sent_form import SentForm


async def show(request: web.Request) -> web.Response:
    """Show the template of one mail to edit, and what it makes of an example."""
    return await show_template(request)


async def show_template(
    request: web.Request,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> web.Response:
    """The editor; with `errors` by field after it was refused."""
    services, caller = request.app[SERVICES], request[CALLER]
    kind = mail_kind(request.match_info["kind"])
    template = await read_mail_template(services, caller, kind)
    fields = {"subject": template.subject, "text": template.text, "html": template.html}
    context = {
        "room": "settings",
        "part": "mail",
        "template": template,
        "name": MAILS[kind],
        "known": _known(example_values(kind, services.public_url)),
        "values": values or fields,
        "errors": errors or {},
    }
    response = await show_room(request, "mail_template", context, status=422 if errors else 200)
    return with_frames(response)


def _known(values: MailValues) -> list[tuple[str, str]]:
    """What a template may put in, with the example's texts; what such a mail does not have is left out."""
    found: list[tuple[str, str]] = []
    for name, value in msgspec.to_builtins(values).items():
        if isinstance(value, dict):
            found += [(f"{name}.{part}", said) for part, said in value.items()]
        elif name == "answers":
            found.append(("answers", "each with answer.question and answer.answer"))
        elif value:
            found.append((name, ", ".join(value) if isinstance(value, list) else value))
    return found


async def update(request: web.Request) -> web.Response:
    """Write the workspace's own template of one mail."""
    form, kind = await read_form(request), request.match_info["kind"]
    try:
        await update_mail_template(request.app[SERVICES], request[CALLER], kind, sent_template(form))
    except Invalid as refusal:
        return await show_template(request, form.fields, by_field(refusal))
    return lead_to(f"/dashboard/settings/mail/{kind}", said="saved")


def sent_template(form: SentForm) -> dict[str, str]:
    """The template that was typed; a text ends with a line end, as mails do."""
    return {"subject": form.text("subject"), "text": f"{form.text('text')}\n", "html": form.text("html")}


async def preview(request: web.Request) -> web.Response:
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


async def reset(request: web.Request) -> web.Response:
    """Go back to the built-in template of one mail."""
    kind = request.match_info["kind"]
    await reset_mail_template(request.app[SERVICES], request[CALLER], kind)
    return lead_to(f"/dashboard/settings/mail/{kind}", said="mail-reset")
