"""Pictures, each under a key of its own; `config_write.lua` writes and deletes them with what names them."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.store import Store


async def read_media(store: Store, workspace: str, picture: str) -> bytes | None:
    """The bytes of a picture, None if there is none of this id."""
    [text] = await store.send(Command(("GET", store.keys(workspace).media(picture))))
    return None if text is None else read_bytes(text)


def read_bytes(text: bytes) -> bytes:
    """The bytes of a stored picture; raises ValueError."""
    return b64decode(text, validate=True)
