"""Reads a picture of a foreign hand and writes it anew: pixels only, small, in one format.

This is the only code that uses Pillow. It runs in a process of its own (`child.py`).
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from admitone.domain.picture import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admitone.domain.picture import PictureUse

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
"""What is read, by content and not by name; other decoders of Pillow are never reached."""
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 10_000
LOGO = (320, 128)
"""A logo keeps its shape, and fits into this; pages show it at half this size, sharp on fine screens."""
PHOTO = (192, 192)
"""A photo is cut to this, about its middle."""
_QUALITIES = (85, 60, 30, 5, 0)


class NotReadableError(Exception):
    """The bytes begin like no picture of `FORMATS`."""


class TooManyPixelsError(Exception):
    """The picture has more than `MOST_PIXELS`, or a side over `LONGEST_SIDE`."""


class Recoded(NamedTuple):
    """A picture in WebP, of at most `MOST_BYTES`, and its size in pixels."""

    width: int
    height: int
    data: bytes


def recode(data: bytes, use: PictureUse) -> Recoded:
    """The picture for its use, turned upright; of a picture that moves, the first image.

    Raises NotReadableError, TooManyPixelsError; and whatever Pillow raises about damaged pictures.
    """
    image = _small(_opened(data), LOGO if use == "logo" else PHOTO)
    image = ImageOps.exif_transpose(image)
    return _written(_as_logo(image) if use == "logo" else _as_photo(image))


def _opened(data: bytes) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # Pillow's own check, which some decoders make before ours
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        raise NotReadableError from None
    except Image.DecompressionBombError:
        raise TooManyPixelsError from None
    if max(image.size) > LONGEST_SIDE or image.width * image.height > MOST_PIXELS:
        raise TooManyPixelsError
    return image


def _small(image: Image.Image, box: tuple[int, int]) -> Image.Image:
    """The picture at no more than a few times the box, before anything copies it whole."""
    side = 4 * max(box)
    image.draft(None, (side, side))  # a JPEG is decoded at a fraction of its size
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")  # Pillow would cut off at 255
    if image.mode not in {"L", "LA", "RGB", "RGBA", "CMYK"}:
        image = image.convert("RGBA")
    image.thumbnail((side, side), reducing_gap=2.0)
    return image


def _as_logo(image: Image.Image) -> Image.Image:
    image = image.convert("RGBA")
    image.thumbnail(LOGO, Image.Resampling.LANCZOS)
    return image


def _as_photo(image: Image.Image) -> Image.Image:
    """The middle of the picture; what can be seen through is white."""
    image = image.convert("RGBA")
    ground = Image.new("RGBA", image.size, "white")
    return ImageOps.fit(Image.alpha_composite(ground, image).convert("RGB"), PHOTO)


def _written(image: Image.Image) -> Recoded:
    clean = Image.frombytes(image.mode, image.size, image.tobytes())  # without profiles and comments
    data = next(data for data in _attempts(clean) if len(data) <= MOST_BYTES)
    return Recoded(*clean.size, data)


def _attempts(image: Image.Image) -> Iterator[bytes]:
    """The picture in WebP, smaller and smaller; the last attempt fits, even of pure noise."""
    yield _webp(image, lossless=True)
    for quality in _QUALITIES:
        yield _webp(image, quality=quality, alpha_quality=quality)


def _webp(image: Image.Image, **options: int) -> bytes:
    written = BytesIO()
    image.save(written, "WEBP", **options)
    return written.getvalue()
