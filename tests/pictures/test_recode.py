"""Uploaded pictures are written anew: pixels, and nothing else."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from admitone.domain.picture import MOST_BYTES
from admitone.pictures.recode import NotReadableError, Recoded, TooManyPixelsError, recode
from tests.support.pictures.made import (
    BLUE,
    RED,
    SECRET,
    SVG,
    a_picture,
    a_png_bomb,
    a_png_that_lies,
    a_turned_photo,
    an_animation,
    noise,
    written,
)

if TYPE_CHECKING:
    from admitone.domain.picture import PictureUse

WHOLE = a_picture("JPEG")
GIF = a_picture("GIF", (64, 64))


def recoded(data: bytes, use: PictureUse = "photo") -> Image.Image:
    """The picture that comes out; it is WebP, small, and has no chunk besides its pixels."""
    found = recode(data, use)
    assert len(found.data) <= MOST_BYTES
    assert chunks_of(found) <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
    assert SECRET not in found.data
    image = Image.open(BytesIO(found.data), formats=["WEBP"])
    assert image.size == (found.width, found.height)
    assert image.info.keys() <= {"loop", "background", "timestamp", "duration"}
    return image


def chunks_of(found: Recoded) -> set[bytes]:
    """The names of the chunks of a WebP file (RFC 9649, 2.3)."""
    names, at = set(), 12
    while at < len(found.data):
        names.add(found.data[at : at + 4])
        length = int.from_bytes(found.data[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    return names


def is_like(image: Image.Image, place: tuple[int, int], colour: tuple[int, ...]) -> bool:
    """Whether the image has about this colour there."""
    found: Any = image.convert("RGB").getpixel(place)
    return all(abs(one - other) < 40 for one, other in zip(found, colour, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_each_format_is_read(kind: str) -> None:
    image = recoded(a_picture(kind))
    assert image.size == (192, 192)
    assert is_like(image, (10, 96), RED)
    assert is_like(image, (180, 96), BLUE)


@pytest.mark.parametrize(
    ("size", "becomes"),
    [
        ((1600, 400), (320, 80)),
        ((400, 1600), (32, 128)),
        ((64, 64), (64, 64)),
        ((1, 1), (1, 1)),
        ((9000, 2), (320, 1)),
    ],
)
def test_a_logo_keeps_its_shape(size: tuple[int, int], becomes: tuple[int, int]) -> None:
    assert recoded(a_picture(size=size), "logo").size == becomes


def test_a_logo_can_be_seen_through_and_a_photo_cannot() -> None:
    clear = written(Image.new("RGBA", (100, 100), (0, 0, 0, 0)), "PNG")
    logo: Any = recoded(clear, "logo").convert("RGBA").getpixel((5, 5))
    assert logo[3] == 0
    assert is_like(recoded(clear), (5, 5), (255, 255, 255))


def test_a_photo_is_turned_upright_and_tells_nothing_of_its_camera() -> None:
    image = recoded(a_turned_photo())
    assert is_like(image, (96, 10), RED)
    assert is_like(image, (96, 180), BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_each_mode_of_a_png_is_read(mode: str) -> None:
    image = Image.new("I;16", (64, 64), 40_000) if mode == "I;16" else None
    recoded(written(image, "PNG") if image else a_picture(mode=mode))
    if image:
        assert is_like(recoded(written(image, "PNG")), (5, 5), (156, 156, 156))


def test_a_jpeg_for_printers_is_read() -> None:
    assert is_like(recoded(a_picture("JPEG", mode="CMYK")), (10, 96), RED)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_a_picture_that_moves_stands_still(kind: str) -> None:
    image = recoded(an_animation(kind))
    assert getattr(image, "n_frames", 1) == 1
    assert is_like(image, (96, 96), RED)


@pytest.mark.parametrize("use", ["logo", "photo"])
def test_what_nothing_can_compress_becomes_small_all_the_same(use: PictureUse) -> None:
    recoded(noise((1200, 480)), use)


@pytest.mark.parametrize(
    "file",
    [
        GIF + b"/*" + SECRET + b"*/",
        WHOLE + b"%PDF-1.7\n" + SECRET,
        WHOLE + b"PK\x03\x04" + SECRET,
        a_picture() + SECRET,
    ],
)
def test_nothing_of_a_file_that_is_two_things_gets_through(file: bytes) -> None:
    recoded(file, "logo")


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"\x00",
        SVG,
        b"<?xml version='1.0'?>" + SVG,
        b"<html><script>alert(1)</script>",
        b"%PDF-1.7\n" + WHOLE,
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage",
        written(Image.new("RGB", (9, 9)), "BMP"),
        written(Image.new("RGB", (9, 9)), "TIFF"),
        written(Image.new("RGB", (9, 9)), "ICO"),
        written(Image.new("RGB", (9, 9)), "PPM"),
        zlib.compress(WHOLE),
    ],
)
def test_nothing_but_the_four_formats_is_read(file: bytes) -> None:
    with pytest.raises(NotReadableError):
        recode(file, "logo")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_half_a_file_is_refused(kind: str) -> None:
    whole = noise((200, 200), kind, "RGB") if kind != "GIF" else a_picture(kind)
    with pytest.raises((OSError, EOFError)):
        recode(whole[: len(whole) // 2], "photo")


@pytest.mark.parametrize(
    "file",
    [
        a_png_bomb(10_000, 10_000),
        a_png_bomb(1, 60_000),
        a_png_bomb(60_000, 1),
        a_png_that_lies(2**31 - 1, 2**31 - 1),
        a_png_that_lies(9_000, 9_000),
    ],
)
def test_a_bomb_does_not_go_off(file: bytes) -> None:
    assert len(file) < 100_000
    with pytest.raises(TooManyPixelsError):
        recode(file, "photo")
