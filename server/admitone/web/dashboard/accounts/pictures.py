"""The forms for the workspace's logo and one's own photo, below the other settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import (
    BodyTooLarge,
    Busy,
    Invalid,
    NoPicture,
    PictureDamaged,
    PictureTooLarge,
    StorageFull,
)
from admitone.texts.message import message
from admitone.usecases.accounts import pictures
from admitone.web.dashboard.accounts import profile, workspace
from admitone.web.dashboard.room import lead_to
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.uploads import posted_picture

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.errors import Refusal

SHOWN = (NoPicture, PictureTooLarge, PictureDamaged, BodyTooLarge, Invalid, Busy, StorageFull)
"""Refusals that are shown beside the form."""
LARGE_FILE = message("The file is larger than 8 MB. Use a smaller one.")


async def upload_logo(request: web.Request) -> web.Response:
    """Give the workspace the logo that was chosen."""
    try:
        data = await posted_picture(request)
        await pictures.upload_logo(request.app[SERVICES], request[CALLER], data)
    except SHOWN as refusal:
        return await workspace.show_refused_logo(request, refusal, _sentence(refusal))
    return lead_to(workspace.PATH, said="saved")


async def remove_logo(request: web.Request) -> web.Response:
    """Remove the workspace's logo."""
    await pictures.remove_logo(request.app[SERVICES], request[CALLER])
    return lead_to(workspace.PATH, said="deleted")


async def upload_photo(request: web.Request) -> web.Response:
    """Give the caller the photo that was chosen."""
    try:
        data = await posted_picture(request)
        await pictures.upload_photo(request.app[SERVICES], request[CALLER], data)
    except SHOWN as refusal:
        return await profile.show_refused_photo(request, refusal, _sentence(refusal))
    return lead_to(profile.PATH, said="saved")


async def remove_photo(request: web.Request) -> web.Response:
    """Remove the caller's photo."""
    await pictures.remove_photo(request.app[SERVICES], request[CALLER])
    return lead_to(profile.PATH, said="deleted")


def _sentence(refusal: Refusal) -> str:
    return LARGE_FILE if isinstance(refusal, BodyTooLarge) else refusal.detail
