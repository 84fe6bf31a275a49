"""A link as a card in a mail: tables with inline styles, which every mail program shows.

Classic Outlook draws mails with Word. Word knows no rounded corners, no widest width, and neither padding
nor blocks in links; so each cell has its own font, colour, ground and padding, and a button is a table of its
own, which floats beside the others and wraps where the window is narrow. Cell and link share the padding
around the text of a button: the link's part is what a finger can press, but Word shows the cell's part only.

Mail programs that turn colours for a dark screen turn text and ground alike if the same cell names both.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

_GROUND = "#ffffff"
_INK, _MUTED, _LINE = "#20242a", "#5d6570", "#e5dfd1"
_FONT = "font-family:Arial,Helvetica,sans-serif"
_TABLE = '<table role="presentation" cellpadding="0" border="0"'
_TALL = "line-height:40px;mso-line-height-rule:exactly"  # large enough for a finger; Word rounds it otherwise


class Button(msgspec.Struct, frozen=True):
    """A text that leads somewhere."""

    text: str
    url: str


def card_html(
    title: str,
    about: str,
    days: Sequence[tuple[str, Sequence[Button]]],
    last: Button,
    zone: str,
    *,
    accent: str,
    direction: str,
) -> str:
    """The card: title, a line about it, for each day its times as buttons, the zone, and `last`.

    `last` leads to all times: a link after the buttons of times, the card's only button without them.
    """
    side = "right" if direction == "rtl" else "left"
    rows = [_row(escape(title), f"font-size:18px;line-height:24px;font-weight:bold;{_FONT};color:{_INK}")]
    if about:
        rows.append(_row(escape(about), f"padding-top:4px;{_small(14)}"))
    for name, buttons in days:
        look = f"padding-top:16px;font-size:14px;line-height:20px;font-weight:bold;{_FONT};color:{_INK}"
        rows.append(_row(escape(name), look))
        times = "".join(_button(button, side, ground=_GROUND, ink=accent, line=accent) for button in buttons)
        rows.append(_row(times, f"padding-top:4px;{_small(14)}"))
    if days:
        look = f"font-size:14px;{_FONT};color:{accent};font-weight:bold"
        others = f'<a href="{escape(last.url)}" style="{look}">{escape(last.text)}</a>'
        rows.append(_row(others, f"padding-top:4px;{_TALL};{_FONT};color:{accent}"))
    else:
        filled = _button(last, side, ground=accent, ink=_GROUND, line=accent)
        rows.append(_row(filled, f"padding-top:12px;{_small(14)}"))
    rows.append(_row(escape(zone), f"padding-top:4px;{_small(12)}"))
    look = f"max-width:420px;background-color:{_GROUND};border:1px solid {_LINE};border-radius:14px"
    return (
        f'{_TABLE} cellspacing="0" bgcolor="{_GROUND}" dir="{direction}" style="{look}">'
        f'<tr><td bgcolor="{_GROUND}" style="padding:16px;border-radius:14px;word-break:break-word">'
        f'{_TABLE} cellspacing="0">{"".join(rows)}</table></td></tr></table>'
    )


def _small(size: int) -> str:
    return f"font-size:{size}px;line-height:{size + 4}px;{_FONT};color:{_MUTED}"


def _row(content: str, style: str) -> str:
    return f'<tr><td bgcolor="{_GROUND}" style="{style}">{content}</td></tr>'


def _button(button: Button, side: str, *, ground: str, ink: str, line: str) -> str:
    """A button that floats to a side; `cellspacing` is its margin, because Word ignores that of a style."""
    text = f"font-size:14px;{_FONT};color:{ink};font-weight:bold"
    link = f"display:block;padding:0 8px;{_TALL};{text};text-decoration:none;white-space:nowrap"
    cell = f"padding:0 6px;{_TALL};background-color:{ground};border:1px solid {line};border-radius:10px"
    return (
        f'{_TABLE} cellspacing="4" align="{side}"><tr><td bgcolor="{ground}" align="center" style="{cell}">'
        f'<a href="{escape(button.url)}" style="{link}">{escape(button.text)}</a></td></tr></table>'
    )
