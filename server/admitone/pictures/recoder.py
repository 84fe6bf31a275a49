"""Recodes pictures in processes of their own, one at a time."""

from __future__ import annotations

import asyncio
import re
import sys
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import Busy, NoPicture, PictureDamaged, PictureTooLarge
from admitone.domain.picture import MOST_BYTES

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from admitone.domain.picture import PictureUse

PROGRAM = ("-m", "admitone.pictures.child")
SECONDS = 30.0
"""For one picture, the wait for those before it included."""
_ANSWER = re.compile(rb"ok (\d{1,4}) (\d{1,4})\n(RIFF.{4}WEBP.*)", re.DOTALL)
_REFUSALS = {b"not-readable\n": NoPicture, b"too-many-pixels\n": PictureTooLarge}


class RecodedPicture(msgspec.Struct, frozen=True):
    """A picture in WebP, of at most 20,000 bytes, and its size in pixels."""

    width: int
    height: int
    data: bytes


class Recoder:
    """Writes uploaded pictures anew. One process at a time bounds the memory that uploads can take."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def recode(self, data: bytes, use: PictureUse) -> RecodedPicture:
        """The picture, upright, without metadata: a logo within its box, a photo as a square.

        Raises:
            NoPicture: not a PNG, JPEG, WebP or GIF by its content.
            PictureTooLarge: too many pixels, or too much memory to decode it.
            PictureDamaged: it cannot be decoded, or takes too long.
            Busy: no time was left after the pictures before it.
        """
        try:
            async with asyncio.timeout(SECONDS), self._turn:
                return _read(await _run(data, use))
        except TimeoutError:
            raise Busy from None


async def _run(data: bytes, use: PictureUse) -> bytes:
    """What the process answers, nothing if it failed; the process has ended when this returns or raises."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-B", *PROGRAM, use),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
    )
    try:
        answer, _ = await process.communicate(data)
    except RuntimeError:  # from uvloop: the process was gone before it could be given the picture
        return b""
    finally:
        await _ended(process)
    return answer if process.returncode == 0 else b""


async def _ended(process: Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()


def _read(answer: bytes) -> RecodedPicture:
    """The answer of a process that a hostile picture may have taken over: nothing in it is taken on trust."""
    if refusal := _REFUSALS.get(answer):
        raise refusal
    found = _ANSWER.fullmatch(answer)
    if found is None or len(found[3]) > MOST_BYTES:
        raise PictureDamaged
    return RecodedPicture(int(found[1]), int(found[2]), found[3])
