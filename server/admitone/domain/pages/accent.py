"""A workspace's own colour on its customers' pages, in shades that are readable for every colour."""

from __future__ import annotations

import re
from typing import Annotated, NamedTuple

from msgspec import Meta

_FORM = "^#[0-9a-fA-F]{6}$"
Accent = Annotated[str, Meta(pattern=_FORM, max_length=7, examples=["#1e7a4c"])]
"""A colour as `#rrggbb`."""

OUR_ACCENT = "#b93a28"
"""The accent of tokens.css in light mode, where a workspace has chosen none."""
READABLE = 4.5
"""The least contrast of text to its background (WCAG 2.2, 1.4.3, level AA)."""
_STEPS = 64
_Colour = tuple[float, float, float]


class Shades(NamedTuple):
    """The colours of one scheme that are derived from an accent, each `#rrggbb`."""

    accent: str
    soft: str
    on_accent: str


class Scheme(NamedTuple):
    """`grounds` are the backgrounds of text in the accent; mixing with `end` makes an accent more readable.

    `softness` is the share of the accent in its soft background, which lies on `card`.
    """

    card: str
    grounds: tuple[str, ...]
    on_accent: str
    end: str
    softness: float


# The colours are those of web/static/tokens.css; a test compares them.
LIGHT = Scheme("#ffffff", ("#ffffff", "#faf7f0"), "#ffffff", "#000000", 0.12)
DARK = Scheme("#1d2024", ("#1d2024", "#141619"), "#20242a", "#ffffff", 0.14)


def is_accent(text: str) -> bool:
    """Whether `text` is a colour as `#rrggbb`."""
    return re.fullmatch(_FORM, text) is not None


def shades(accent: str, scheme: Scheme) -> Shades:
    """The accent, darkened or lightened no more than needed to be readable, and the colours derived from it.

    Readable must be the accent on the scheme's backgrounds and on its own soft background, and text on the
    accent.
    """
    wanted, end = _parse(accent), _parse(scheme.end)
    for step in range(_STEPS + 1):
        colour = _text(_mix(wanted, end, step / _STEPS))
        soft = _text(_mix(_parse(scheme.card), _parse(colour), scheme.softness))
        found = Shades(colour, soft, scheme.on_accent)
        grounds = (*scheme.grounds, found.soft, found.on_accent)
        if all(contrast(found.accent, ground) >= READABLE for ground in grounds):
            return found
    raise AssertionError("black is readable on white, and white on black")


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(_parse(one)), _luminance(_parse(other))))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: _Colour) -> float:
    """The relative luminance (WCAG 2.2) of a colour whose parts are 0 to 1."""
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def _mix(one: _Colour, other: _Colour, part: float) -> _Colour:
    red, green, blue = (a + (b - a) * part for a, b in zip(one, other, strict=True))
    return red, green, blue


def _parse(text: str) -> _Colour:
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _text(colour: _Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
