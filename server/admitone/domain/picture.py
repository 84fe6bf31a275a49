"""Pictures that people upload: the workspace's logo, and users' photos."""

from __future__ import annotations

from typing import Literal

import msgspec

from admitone.domain import tokens

PictureUse = Literal["logo", "photo"]
MOST_BYTES = 20_000
"""Bytes of a stored picture, at most."""
MEDIA_TYPE = "image/webp"
"""Of every stored picture: whatever was uploaded is written anew."""


class Picture(msgspec.Struct, frozen=True):
    """A stored picture: its size in pixels, and its id.

    The id begins with the workspace's 4 characters, like a code; the other 16 are random. Another content has
    another id.
    """

    id: str
    width: int
    height: int

    @property
    def path(self) -> str:
        """Where it is served."""
        return f"/media/{self.id}"


def workspace_of(picture_id: str) -> str | None:
    """The workspace of a picture, or None if the text cannot be the id of one."""
    token = tokens.normalise(picture_id, tokens.CODE_LENGTH)
    return token[: tokens.WORKSPACE_LENGTH] if token and token.lower() == picture_id else None
