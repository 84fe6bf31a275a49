"""POST /dashboard/settings/api-keys"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.usecases.api_key_issue import issue_api_key
from admitone.usecases.api_key_view import ApiKeyBody
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert
from admitone.web.dashboard.api_keys import show_keys
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.views import plain

if TYPE_CHECKING:
    from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Make an API key; this answer shows it, and no address does."""
    form = await read_form(request)
    values = {"label": form.text("label"), "scope": form.text("scope")}
    try:
        body = convert(values, ApiKeyBody)
        made = await issue_api_key(request.app[SERVICES], request[CALLER], body)
    except Invalid as refusal:
        return await show_keys(request, values=values, errors=by_field(refusal))
    return await show_keys(request, made=plain(made))
