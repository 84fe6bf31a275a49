"""Who is calling: `/api/v1/me`, and leaving: `/api/v1/me/leave`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import (
    LastAdministrator,
    NoPicture,
    PictureDamaged,
    PictureTooLarge,
    WouldBreakLinks,
    WouldBreakWorkflows,
)
from admitone.usecases.accounts.me_read import MeView, read_me
from admitone.usecases.accounts.pictures import remove_photo, upload_photo
from admitone.usecases.accounts.workspace_leave import leave_workspace
from admitone.usecases.pages.breaking_links import Confirmation
from admitone.usecases.shared.picture_view import PictureView
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import no_content, query, respond_json
from admitone.web.http.uploads import read_picture
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("me_get", MeView)
async def get(request: web.Request) -> web.Response:
    """Show who is calling."""
    return respond_json(await read_me(request.app[SERVICES], request[CALLER]))


@operation(
    "me_leave",
    query=Confirmation,
    status=204,
    refuses=(LastAdministrator, WouldBreakLinks, WouldBreakWorkflows),
)
async def leave(request: web.Request) -> web.Response:
    """Leave the workspace for good; the caller's sessions, apps and API keys end."""
    confirm = query(request, Confirmation).confirm
    await leave_workspace(request.app[SERVICES], request[CALLER], confirm=confirm)
    return no_content()


@operation(
    "me_photo_put",
    PictureView,
    body=bytes,
    refuses=(NoPicture, PictureTooLarge, PictureDamaged),
)
async def put_photo(request: web.Request) -> web.Response:
    """Give yourself a photo, which your customers see: a PNG, JPEG, WebP or GIF of at most 8 MiB."""
    data = await read_picture(request)
    return respond_json(await upload_photo(request.app[SERVICES], request[CALLER], data))


@operation("me_photo_delete", status=204)
async def delete_photo(request: web.Request) -> web.Response:
    """Remove your photo."""
    await remove_photo(request.app[SERVICES], request[CALLER])
    return no_content()
