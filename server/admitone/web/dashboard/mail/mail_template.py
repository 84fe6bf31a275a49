"""One mail of the workspace: `/dashboard/settings/mail/KIND`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid
from admitone.domain.mail.kinds import MAILS, MailTemplateBody
from admitone.domain.mail.values import example_values
from admitone.texts.message import message
from admitone.usecases.mail.mail_template_update import (
    preview_mail_template,
    reset_mail_template,
    update_mail_template,
)
from admitone.usecases.mail.mail_template_view import mail_kind, read_mail_template
from admitone.web.dashboard.mail.mail_document import show_mail
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.struct_form import FormPart, StructForm
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.headers import with_frames

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web
    from msgspec.inspect import Field

    from admitone.domain.mail.values import MailValues
    from admitone.web.dashboard.sent_form import SentForm
    from admitone.web.dashboard.struct_form import FormValues


PATH = "/dashboard/settings/mail"


class EndedText(FormPart):
    """A text that ends with a line end, as mails do."""

    def read(self, form: SentForm, name: str, _field: Field, _shown: FormValues) -> str:
        """The text with its line end."""
        return f"{form.text(name)}\n"


FORM = StructForm(MailTemplateBody, {"text": EndedText()})


async def show(request: web.Request) -> web.Response:
    """Show the template of one mail to edit, and the mail that it makes of an example."""
    return await show_template(request)


async def show_template(
    request: web.Request,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
) -> web.Response:
    """The editor; with `errors` by field if the template was refused."""
    services, caller = request.app[SERVICES], request[CALLER]
    kind = mail_kind(request.match_info["kind"])
    template = await read_mail_template(services, caller, kind)
    context = {
        "room": "settings",
        "part": "mail",
        "template": template,
        "mail": MAILS[kind],
        "known": _known(example_values(kind, services.public_url)),
        "values": values or FORM.values(template),
        "errors": errors or {},
    }
    response = await show_room(request, "mail/mail_template", context, status=422 if errors else 200)
    return with_frames(response)


def _known(values: MailValues) -> list[tuple[str, str]]:
    """The variables of a template with the example's values, without those that such a mail does not have."""
    found: list[tuple[str, str]] = []
    for name, value in msgspec.to_builtins(values).items():
        if isinstance(value, dict):
            found += [(f"{name}.{part}", said) for part, said in value.items()]
        elif name == "answers":
            found.append(("answers", message("each with answer.question and answer.answer")))
        elif value:
            found.append((name, ", ".join(value) if isinstance(value, list) else value))
    return found


async def update(request: web.Request) -> web.Response:
    """Write the workspace's own template of one mail."""
    kind = request.match_info["kind"]
    values, document = FORM.read(await read_form(request))
    try:
        await update_mail_template(request.app[SERVICES], request[CALLER], kind, document)
    except Invalid as refusal:
        return await show_template(request, values, by_field(refusal))
    return lead_to(f"{PATH}/{kind}", said="saved")


async def preview(request: web.Request) -> web.Response:
    """Show the mail that a template makes of the example: the template in use (GET) or as typed (POST)."""
    services, kind = request.app[SERVICES], request.match_info["kind"]
    try:
        if request.method == "POST":
            _, document = FORM.read(await read_form(request))
            body = convert(document, MailTemplateBody)
        else:
            body = await read_mail_template(services, request[CALLER], kind)
        mail = await preview_mail_template(services, kind, body)
    except Invalid as refusal:
        return show_mail(request, problems=refusal.errors)
    return show_mail(request, subject=mail.subject, text=mail.text, html=mail.html)


async def reset(request: web.Request) -> web.Response:
    """Go back to the built-in template of one mail."""
    kind = request.match_info["kind"]
    await reset_mail_template(request.app[SERVICES], request[CALLER], kind)
    return lead_to(f"{PATH}/{kind}", said="mail-reset")
