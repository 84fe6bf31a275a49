"""One mail, and its bytes as defined by RFC 5322."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from datetime import UTC, datetime
from email.utils import format_datetime
from textwrap import wrap
from typing import Literal

import idna
import msgspec

from admitone.domain.text import without_bidi_controls
from admitone.mail.mime import body

PLAIN = 60
"""Characters of a header's text in one line, which leaves room for the header's name."""
LINE = 78
"""Characters in a line of a header, if possible (RFC 5322, 2.1.1)."""
WORD = 45
"""Bytes in one encoded word: 60 characters in base64, of the 75 that it may have."""
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]+")
_DOMAIN = re.compile(r"[A-Za-z0-9.-]+")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters of the categories Cc and Cs, except line ends and tabs."""
SUBJECT = 400
"""Characters in a subject at most; what is longer is cut."""
NAME = 100
"""Characters in the name beside an address at most: a line of a header holds 998 (RFC 5322, 2.1.1)."""


class Mailbox(msgspec.Struct, frozen=True):
    """An address, with the person's name or an empty text."""

    address: str
    name: str = ""


class CalendarPart(msgspec.Struct, frozen=True):
    """A meeting for the recipient's calendar (iMIP, RFC 6047); `method` is the one in the file."""

    method: Literal["REQUEST", "CANCEL"]
    content: bytes


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A mail from one mailbox to another; `sent_at` is epoch seconds.

    `id` is the `Message-ID` without brackets. It is the same in each attempt to send a mail, so that a mail
    which arrives twice can be recognised. `unsubscribe` is the address at which one click unsubscribes the
    recipient (RFC 8058), empty for mails that nobody unsubscribes from.
    """

    id: str
    sender: Mailbox
    to: Mailbox
    reply_to: Mailbox | None = None
    subject: str
    text: str
    html: str = ""
    calendar: CalendarPart | None = None
    unsubscribe: str = ""
    sent_at: int


class AddressError(ValueError):
    """An address that no mail can be sent to."""


def to_bytes(message: Message) -> bytes:
    """The bytes of the mail, with CRLF line ends.

    Names, subjects and texts cannot end or start a header: characters that cannot be printed become blanks.
    Everything is ASCII, except addresses whose local part is not (RFC 6532).

    Raises:
        AddressError: one of the addresses is not valid.
    """
    headers = {
        "From": _mailbox(message.sender),
        "To": _mailbox(message.to),
        "Subject": encoded(one_line(message.subject, SUBJECT) or "(no subject)"),
        "Date": format_datetime(datetime.fromtimestamp(message.sent_at, UTC)),
        "Message-ID": f"<{message.id}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no automatic answers, please
    }
    if message.reply_to and message.reply_to.address != message.sender.address:
        headers["Reply-To"] = _mailbox(message.reply_to)
    if message.unsubscribe:
        headers["List-Unsubscribe"] = _folded("List-Unsubscribe", f"<{message.unsubscribe}>")
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    content = body(message.id, _lines(message.text), _lines(message.html), message.calendar)
    return f"{head}{content}".replace("\r\n", "\n").replace("\n", "\r\n").encode()


def needs_utf8(message: Message) -> bool:
    """Whether only a server that accepts addresses beyond ASCII (RFC 6531) can send the mail."""
    boxes = (message.sender, message.to, message.reply_to)
    return any(box is not None and not box.address.rpartition("@")[0].isascii() for box in boxes)


def wire_address(address: str) -> str:
    """The address with its domain in ASCII (IDNA), as servers need it. Raises AddressError."""
    local, _, domain = address.rpartition("@")
    try:
        domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except idna.IDNAError as error:
        raise AddressError("not a domain") from error
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain) or _has_controls(local):
        raise AddressError("not an address")
    return f"{local}@{domain}"


def encoded(text: str) -> str:
    """One line for a header: ASCII is folded at blanks, anything else becomes encoded words."""
    if text.isascii() and "=?" not in text:
        lines = wrap(text, PLAIN, break_long_words=False, break_on_hyphens=False)
        if all(len(line) <= PLAIN for line in lines):
            return "\r\n ".join(lines)
    return _encoded_words(text)


def _encoded_words(text: str) -> str:
    """The text in encoded words (RFC 2047); the standard library's own folding loses blanks between some."""
    words, word = [], b""
    for character in text:
        if len(word) + len(character.encode()) > WORD:
            words.append(word)
            word = b""
        word += character.encode()
    return "\r\n ".join(f"=?utf-8?b?{b64encode(part).decode()}?=" for part in (*words, word))


def one_line(text: str, most: int) -> str:
    """`text` as one line of a header.

    Control characters and line ends become blanks. Bidi controls are removed: with them, a name could
    disguise the address beside it.
    """
    shown = without_bidi_controls(text[: most * 4])
    shown = "".join(" " if _has_controls(character) else character for character in shown)
    return re.sub(r"\s+", " ", shown).strip()[:most].rstrip()


def _folded(header: str, value: str) -> str:
    """A value without blanks: on a line of its own where it does not fit beside the header's name."""
    return value if len(header) + len(": ") + len(value) <= LINE else f"\r\n {value}"


def _mailbox(box: Mailbox) -> str:
    """A name and an address for a header."""
    address, name = wire_address(box.address), one_line(box.name, NAME)
    if not name:
        return address
    if encoded(name) != name:
        return f"{_encoded_words(name)} <{address}>"
    quoted = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{quoted}" <{address}>'


def _lines(text: str) -> str:
    """A body without lone surrogates and without control characters, except line ends and tabs."""
    return _UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _has_controls(text: str) -> bool:
    return any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp", "Zs"} for character in text)
