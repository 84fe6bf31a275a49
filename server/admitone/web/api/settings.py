"""The settings of the workspace: `/api/v1/settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import NoPicture, PictureDamaged, PictureTooLarge
from admitone.usecases.accounts.pictures import remove_logo, upload_logo
from admitone.usecases.accounts.settings_update import update_settings
from admitone.usecases.accounts.settings_view import SettingsBody, SettingsView, read_settings
from admitone.usecases.shared.picture_view import PictureView
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import no_content, read_patch, respond_json
from admitone.web.http.uploads import read_picture
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


@operation(
    "settings_logo_put",
    PictureView,
    body=bytes,
    refuses=(NoPicture, PictureTooLarge, PictureDamaged),
)
async def put_logo(request: web.Request) -> web.Response:
    """Give the workspace a logo, which its customers see: a PNG, JPEG, WebP or GIF of at most 8 MiB."""
    data = await read_picture(request)
    return respond_json(await upload_logo(request.app[SERVICES], request[CALLER], data))


@operation("settings_logo_delete", status=204)
async def delete_logo(request: web.Request) -> web.Response:
    """Remove the workspace's logo."""
    await remove_logo(request.app[SERVICES], request[CALLER])
    return no_content()
