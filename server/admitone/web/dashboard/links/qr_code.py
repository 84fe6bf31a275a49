"""The QR code of a link, drawn on this server: nothing about a link leaves it."""

from __future__ import annotations

import msgspec
import segno
from markupsafe import Markup

QUIET = 4
"""Light modules around a code, which scanners need (ISO/IEC 18004)."""
STORED = 12
"""Pixels for each module in a picture to download."""
LIGHT = "#fff"
"""A code stays dark on light in a dark page: many scanners do not read the inverse."""


class QrCode(msgspec.Struct, frozen=True):
    """A code as SVG to put into a page, and the addresses (`data:`) of files to download."""

    svg: Markup
    svg_file: str
    png_file: str


def qr_code(url: str) -> QrCode:
    """The code of an address."""
    code = segno.make_qr(url, error="m")
    return QrCode(
        svg=Markup(code.svg_inline(omitsize=True, border=QUIET, light=LIGHT)),  # noqa: S704 - segno's own drawing
        svg_file=code.svg_data_uri(scale=STORED, border=QUIET, light=LIGHT),
        png_file=code.png_data_uri(scale=STORED, border=QUIET, light=LIGHT),
    )
