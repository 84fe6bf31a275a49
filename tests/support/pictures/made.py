"""Pictures to upload."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable

RED, BLUE = (200, 30, 30), (30, 30, 200)
SECRET = b"48.8566,2.3522 <script>alert(1)</script>"
"""What a file carries besides its pixels, and nobody may get to see."""
SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>"""


def a_picture(
    kind: str = "PNG", size: tuple[int, int] = (300, 200), mode: str = "RGB", **options: Any
) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return written(image.convert(mode), kind, **options)


def noise(size: tuple[int, int], kind: str = "PNG", mode: str = "RGBA") -> bytes:
    """A picture that nothing can compress."""
    channels = len(Image.new(mode, (1, 1)).getbands())
    pixels = random.Random(7).randbytes(size[0] * size[1] * channels)
    return written(Image.frombytes(mode, size, pixels), kind)


def written(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The image as a file."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def an_animation(kind: str) -> bytes:
    """Two images that follow each other: a red one, and a blue one."""
    first, second = (Image.new("RGB", (64, 64), colour) for colour in (RED, BLUE))
    return written(first, kind, save_all=True, append_images=[second], duration=100)


def a_turned_photo() -> bytes:
    """A photo of 300 × 200 that was taken with the camera on its side: red is on top. With metadata."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by 90 degrees clockwise
    exif[0x010E] = SECRET.decode()
    return a_picture("JPEG", exif=exif, comment=SECRET)


def a_png_bomb(width: int, height: int) -> bytes:
    """A PNG of one colour, which is small as a file, however many pixels it has."""
    row = zlib.compressobj(9)
    rows = b"".join([row.compress(bytes(width // 8 + 2)) for _ in range(height)] + [row.flush()])
    return a_png(width, height, rows, depth=1)


def a_png_that_lies(width: int, height: int) -> bytes:
    """A PNG whose head promises far more pixels than it has."""
    return a_png(width, height, zlib.compress(bytes(64)), depth=8)


def a_png(width: int, height: int, rows: bytes, *, depth: int) -> bytes:
    """A grey PNG of these compressed rows."""
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    chunks: Iterable[tuple[bytes, bytes]] = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
