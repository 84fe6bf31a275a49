"""API keys: `/api/v1/api-keys`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.accounts.api_key_create import issue_api_key
from admitone.usecases.accounts.api_keys import (
    ApiKeyBody,
    ApiKeyView,
    NewApiKeyView,
    delete_api_key,
    list_api_keys,
)
from admitone.usecases.shared.listing import Listing, ListQuery
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import no_content, query, read_json, respond_created, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("api_key_list", Listing[ApiKeyView], query=ListQuery)
async def list_(request: web.Request) -> web.Response:
    """List API keys: an administrator all of the workspace, a member their own."""
    answer = await list_api_keys(request.app[SERVICES], request[CALLER], query(request, ListQuery))
    return respond_json(answer)


@operation("api_key_create", NewApiKeyView, body=ApiKeyBody, status=201)
async def create(request: web.Request) -> web.Response:
    """Make an API key that acts for the caller; this answer alone shows it."""
    body = await read_json(request, ApiKeyBody)
    answer = await issue_api_key(request.app[SERVICES], request[CALLER], body)
    return respond_created(answer, f"{request.path}/{answer.id}")


@operation("api_key_delete", status=204)
async def delete(request: web.Request) -> web.Response:
    """Delete an API key; it stops working at once."""
    await delete_api_key(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return no_content()
