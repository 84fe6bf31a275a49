"""The address of a link as hosts share it: its QR code, and an example of what can be added to it."""

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
KNOWN, UNKNOWN = "skip=0&timezone=Europe/Paris", "name=Carla%20Customer&email=carla%40example.com"
"""Parameters for a link with a person, and for one without (docs/links.md)."""


class LinkAddress(msgspec.Struct, frozen=True):
    """An address with its code as SVG to put into a page, and as files to download (`data:` addresses)."""

    has_person: bool
    example: str
    svg: Markup
    svg_file: str
    png_file: str


def link_address(url: str, *, has_person: bool) -> LinkAddress:
    """What a page shows of the address of a link; parameters cannot replace the person of a link."""
    code = segno.make_qr(url, error="m")
    return LinkAddress(
        has_person=has_person,
        example=f"{url}?{KNOWN if has_person else UNKNOWN}",
        svg=Markup(code.svg_inline(omitsize=True, border=QUIET, light=LIGHT)),  # noqa: S704 - segno's own drawing
        svg_file=code.svg_data_uri(scale=STORED, border=QUIET, light=LIGHT),
        png_file=code.png_data_uri(scale=STORED, border=QUIET, light=LIGHT),
    )
