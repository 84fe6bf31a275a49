"""A picture as the API shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from admitone.domain.picture import Picture
    from admitone.usecases.shared.services import Services


class PictureView(msgspec.Struct, frozen=True):
    """Where a picture is, and its size in pixels. Another picture has another address."""

    url: str
    width: int
    height: int


def view_picture(services: Services, picture: Picture) -> PictureView:
    """The view of a picture."""
    return PictureView(services.public_url + picture.path, picture.width, picture.height)
