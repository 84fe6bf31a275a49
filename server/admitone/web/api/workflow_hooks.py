"""The inbound hook of a workflow: `/api/v1/workflows/ID/hook`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.workflows.hook_view import HookView, rotate_hook, show_hook
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import refuse_fields, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("workflow_hook_get", HookView)
async def get(request: web.Request) -> web.Response:
    """Show the inbound hook of a workflow, with the last event and those that started nothing."""
    answer = await show_hook(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return respond_json(answer)


@operation("workflow_hook_rotate", HookView)
async def rotate(request: web.Request) -> web.Response:
    """Give the inbound hook of a workflow a new address; the one before stops at once."""
    await refuse_fields(request)
    answer = await rotate_hook(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return respond_json(answer)
