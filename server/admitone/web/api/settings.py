"""The settings of the workspace: `/api/v1/settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.accounts.settings_update import update_settings
from admitone.usecases.accounts.settings_view import SettingsBody, SettingsView, read_settings
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import read_patch, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("settings_get", SettingsView)
async def get(request: web.Request) -> web.Response:
    """Show the workspace's settings."""
    return respond_json(await read_settings(request.app[SERVICES], request[CALLER]))


@operation("settings_update", SettingsView, patch=SettingsBody)
async def update(request: web.Request) -> web.Response:
    """Change the workspace's settings by a merge patch (RFC 7396)."""
    patch = await read_patch(request)
    return respond_json(await update_settings(request.app[SERVICES], request[CALLER], patch))
