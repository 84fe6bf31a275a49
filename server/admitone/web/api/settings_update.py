"""PATCH /api/v1/settings"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.settings_update import update_settings
from admitone.usecases.settings_view import SettingsBody, SettingsView
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import convert, read_patch, respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(SettingsView, patch=SettingsBody)
async def handle(request: web.Request) -> web.Response:
    """Change the workspace's settings by a merge patch (RFC 7396)."""
    patch = await read_patch(request)
    return respond_json(await update_settings(request.app[SERVICES], request[CALLER], patch, convert))
