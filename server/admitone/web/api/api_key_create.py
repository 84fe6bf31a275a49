"""POST /api/v1/api-keys"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.api_key_issue import issue_api_key
from admitone.usecases.api_key_view import ApiKeyBody, NewApiKeyView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import read_json, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(NewApiKeyView, body=ApiKeyBody, status=201)
async def handle(request: web.Request) -> web.Response:
    """Make an API key that acts for the caller; this answer alone shows it."""
    body = await read_json(request, ApiKeyBody)
    return respond_json(await issue_api_key(request.app[SERVICES], request[CALLER], body), 201)
