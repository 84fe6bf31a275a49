"""GET /api/v1/settings"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.settings_view import SettingsView, read_settings
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.body import respond_json
from admitone.web.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation(SettingsView)
async def handle(request: web.Request) -> web.Response:
    """Show the workspace's settings."""
    return respond_json(await read_settings(request.app[SERVICES], request[CALLER]))
