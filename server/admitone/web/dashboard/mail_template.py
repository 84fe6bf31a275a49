"""GET /dashboard/settings/mail/{kind}"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.mail_values import example_values
from admitone.usecases.mail_template_view import mail_kind, read_mail_template
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.mail_words import MAILS
from admitone.web.dashboard.room import show
from admitone.web.headers import with_frames

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.mail_values import MailValues


async def handle(request: web.Request) -> web.Response:
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
    response = await show(request, "mail_template", context, status=422 if errors else 200)
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
