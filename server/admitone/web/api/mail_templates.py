"""The mails of the workspace: `/api/v1/mail-templates`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.mail.kinds import MailTemplateBody
from admitone.mail.templates import Rendered
from admitone.usecases.mail.mail_template_update import (
    preview_mail_template,
    reset_mail_template,
    update_mail_template,
)
from admitone.usecases.mail.mail_template_view import (
    MailTemplateView,
    list_mail_templates,
    read_mail_template,
)
from admitone.usecases.shared.listing import Listing
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import no_content, read_json, read_patch, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("mail_template_list", Listing[MailTemplateView])
async def list_(request: web.Request) -> web.Response:
    """List the template in use for each kind of mail, built in or the workspace's own."""
    items = await list_mail_templates(request.app[SERVICES], request[CALLER])
    return respond_json(Listing(items, None))


@operation("mail_template_get", MailTemplateView)
async def get(request: web.Request) -> web.Response:
    """Show the template in use for one kind of mail."""
    kind = request.match_info["mail"]
    return respond_json(await read_mail_template(request.app[SERVICES], request[CALLER], kind))


@operation("mail_template_update", MailTemplateView, patch=MailTemplateBody)
async def update(request: web.Request) -> web.Response:
    """Change the template of one mail by a merge patch (RFC 7396); it starts from the one in use."""
    patch = await read_patch(request)
    kind = request.match_info["mail"]
    answer = await update_mail_template(request.app[SERVICES], request[CALLER], kind, patch)
    return respond_json(answer)


@operation("mail_template_reset", status=204)
async def reset(request: web.Request) -> web.Response:
    """Delete the workspace's own template of one mail: the built-in one is used again."""
    await reset_mail_template(request.app[SERVICES], request[CALLER], request.match_info["mail"])
    return no_content()


@operation("mail_template_preview", Rendered, body=MailTemplateBody)
async def preview(request: web.Request) -> web.Response:
    """Show what a template makes of an example; nothing is kept."""
    body = await read_json(request, MailTemplateBody)
    return respond_json(await preview_mail_template(request.app[SERVICES], request.match_info["mail"], body))
