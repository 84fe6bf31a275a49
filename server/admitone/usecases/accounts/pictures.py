"""The workspace's logo and one's own photo: upload, remove, look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.errors import NotFound
from admitone.domain.picture import Picture, workspace_of
from admitone.store.records.configuration.configuration import PictureChange
from admitone.store.records.configuration.configuration_cache import SETTINGS_ID
from admitone.store.records.media import read_media
from admitone.usecases.shared.picture_view import PictureView, view_picture
from admitone.usecases.shared.record_writes import existing, replace_record
from admitone.usecases.shared.services import new_token
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from admitone.pictures.recoder import RecodedPicture
    from admitone.usecases.shared.services import Caller, Services


async def upload_logo(services: Services, caller: Caller, data: bytes) -> PictureView:
    """Show customers this logo, in place of the one before.

    Raises NoPicture, PictureTooLarge, PictureDamaged, Busy.
    """
    found = await services.recoder.recode(data, "logo")
    return view_picture(services, await _change(services, caller, "settings", SETTINGS_ID, "logo", found))


async def remove_logo(services: Services, caller: Caller) -> None:
    """Remove the logo, if there is one; raises Busy."""
    await _remove(services, caller, "settings", SETTINGS_ID, "logo")


async def upload_photo(services: Services, caller: Caller, data: bytes) -> PictureView:
    """Show customers this photo of the caller, in place of the one before; raises as `upload_logo`."""
    found = await services.recoder.recode(data, "photo")
    return view_picture(services, await _change(services, caller, "user", caller.user.id, "photo", found))


async def remove_photo(services: Services, caller: Caller) -> None:
    """Remove the caller's photo, if there is one; raises Busy."""
    await _remove(services, caller, "user", caller.user.id, "photo")


async def read_picture(services: Services, picture: str) -> bytes:
    """The bytes of a picture in WebP; raises NotFound."""
    workspace = workspace_of(picture)
    data = await read_media(services.store, workspace, picture) if workspace else None
    if data is None:
        raise NotFound
    return data


async def _change(
    services: Services, caller: Caller, kind: str, record_id: str, field: str, found: RecodedPicture
) -> Picture:
    """Put a new picture into a field of a record; the one before is deleted in the same step."""
    token = new_token(caller.workspace, tokens.CODE_LENGTH)
    added = Picture(token.lower(), found.width, found.height)

    async def attempt(caller: Caller) -> Picture | None:
        before = await existing(caller, kind, record_id)
        change = PictureChange(added=added, data=found.data, removed=getattr(before, field))
        record = msgspec.structs.replace(before, **{field: added})
        written = await replace_record(services, caller, kind, record, record_id=record_id, picture=change)
        return added if written else None

    return await settle(caller, attempt)


async def _remove(services: Services, caller: Caller, kind: str, record_id: str, field: str) -> None:
    async def attempt(caller: Caller) -> bool | None:
        before = await existing(caller, kind, record_id)
        if (removed := getattr(before, field)) is None:
            return True
        change, record = PictureChange(removed=removed), msgspec.structs.replace(before, **{field: None})
        written = await replace_record(services, caller, kind, record, record_id=record_id, picture=change)
        return written or None

    await settle(caller, attempt)
