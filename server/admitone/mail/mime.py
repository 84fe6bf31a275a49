"""The body of a mail as MIME parts (RFC 2045, RFC 2046), written line by line.

The standard library's classes parse again each header that they are given, which took half of a worker's time
for a mail. No line of a part can be a boundary: parts are in quoted-printable, which writes `=` as `=3D`, or
in base64, which has no `-`.
"""

from __future__ import annotations

import hashlib
from binascii import b2a_base64
from email.quoprimime import body_encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from admitone.mail.message import CalendarPart

LINE = 78
"""Characters in a line of text at most."""
BASE64 = LINE // 4 * 3
"""Bytes in a line of base64."""
VERSION = "MIME-Version: 1.0\n"
FILE = (
    "Content-Type: application/ics\nContent-Transfer-Encoding: base64\n"
    'Content-Disposition: attachment; filename="invite.ics"\n'
)


def body(name: str, text: str, html: str, calendar: CalendarPart | None) -> str:
    """The header fields of the content, an empty line and the content, with LF line ends.

    `text` and `html` have neither control characters nor lone surrogates. The boundaries derive from `name`,
    the id of the mail: each attempt sends the same bytes.
    """
    if not html and not calendar:
        return _text("plain", text, is_whole=True)
    parts = [_text("plain", text)]
    if html:
        parts.append(_text("html", html))
    if calendar:
        method = f'text/calendar; charset="UTF-8"; method="{calendar.method}"'
        content = _base64(calendar.content)
        parts.append(f"Content-Transfer-Encoding: base64\n{VERSION}Content-Type: {method}\n\n{content}")
    inner = _boundary("alternative", name)
    alternative = _joined(parts, inner)
    if not calendar:
        return f'{VERSION}Content-Type: multipart/alternative;\n boundary="{inner}"\n\n{alternative}'
    outer = _boundary("mixed", name)
    mixed = [
        f'Content-Type: multipart/alternative;\n boundary="{inner}"\n\n{alternative}',
        # The invitation comes twice, as Google does: some clients look for a part, others for a file.
        f"{FILE}{VERSION}\n{content}",
    ]
    return f'{VERSION}Content-Type: multipart/mixed; boundary="{outer}"\n\n{_joined(mixed, outer)}'


def _text(subtype: str, text: str, *, is_whole: bool = False) -> str:
    """A part of text; the first part of several needs no version."""
    version = VERSION if is_whole or subtype == "html" else ""
    lines = b"\n".join(text.encode().splitlines()) + b"\n"
    content = body_encode(lines.decode("latin-1"), LINE)
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\n'
        f"Content-Transfer-Encoding: quoted-printable\n{version}\n{content}"
    )


def _base64(content: bytes) -> str:
    lines = (content[at : at + BASE64] for at in range(0, len(content), BASE64))
    return "".join(b2a_base64(line).decode() for line in lines)


def _joined(parts: list[str], boundary: str) -> str:
    between = f"\n--{boundary}\n"
    return f"--{boundary}\n{between.join(parts)}\n--{boundary}--\n"


def _boundary(kind: str, name: str) -> str:
    digest = hashlib.sha256(f"{kind}:{name}".encode()).digest()
    return f"==============={int.from_bytes(digest[:8]) >> 1:019d}=="
