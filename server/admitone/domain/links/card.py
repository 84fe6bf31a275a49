"""A link as a card in a mail: a table with inline styles, which every mail program shows.

Outlook knows no rounded corners and no padding of links, so a button is a cell of a table with a border. Mail
programs that turn colours for a dark screen keep the contrast of the text to its background.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_IN_A_ROW = 4
_FONT = "font-family:Arial,Helvetica,sans-serif"
_INK, _MUTED = f"{_FONT};color:#20242a", f"{_FONT};color:#5d6570"
_TABLE = '<table role="presentation" cellpadding="0" border="0"'


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
    """The card: title, a line about it, for each day its times, a last button, and the zone."""
    rows = [_row(f"font-size:18px;font-weight:bold;{_INK}", escape(title))]
    if about:
        rows.append(_row(f"font-size:14px;{_MUTED}", escape(about)))
    for name, buttons in days:
        rows.append(_row(f"padding-top:12px;font-size:14px;font-weight:bold;{_INK}", escape(name)))
        rows.append(_row("padding-top:4px", _buttons(buttons, accent)))
    rows.append(
        _row(
            f"padding-top:12px;font-size:15px;{_FONT}",
            f'<a href="{escape(last.url)}" style="color:{accent};font-weight:bold">{escape(last.text)}</a>',
        )
    )
    rows.append(_row(f"padding-top:8px;font-size:12px;{_MUTED}", escape(zone)))
    return (
        f'{_TABLE} cellspacing="0" dir="{direction}" style="max-width:420px;background:#ffffff;'
        'border:1px solid #e5dfd1;border-radius:14px"><tr><td style="padding:16px 20px">'
        f'{_TABLE} cellspacing="0">{"".join(rows)}</table></td></tr></table>'
    )


def _row(style: str, content: str) -> str:
    return f'<tr><td style="{style}">{content}</td></tr>'


def _buttons(buttons: Sequence[Button], accent: str) -> str:
    """A table of buttons, so many in a row that a phone shows them."""
    rows = []
    for first in range(0, len(buttons), MOST_IN_A_ROW):
        cells = "".join(_button(button, accent) for button in buttons[first : first + MOST_IN_A_ROW])
        rows.append(f"<tr>{cells}</tr>")
    return f'{_TABLE} cellspacing="4">{"".join(rows)}</table>'


def _button(button: Button, accent: str) -> str:
    look = f"font-size:14px;{_FONT};color:{accent};text-decoration:none"
    link = f'<a href="{escape(button.url)}" style="display:inline-block;padding:8px 12px;{look}">'
    cell = f'<td style="border:1px solid {accent};border-radius:8px;background:#ffffff">'
    return f"{cell}{link}{escape(button.text)}</a></td>"
