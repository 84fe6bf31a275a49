"""Checks of typed text, of one line or several (docs/rules/text.md).

Control characters are refused: they would break mails (RFC 5322) and calendar files (RFC 5545).
"""

from __future__ import annotations

import re
import unicodedata

from admitone.domain.errors import FieldError
from admitone.texts.message import message

LINE = 200
"""Characters in a name or a title at most."""
TEXT = 5000
"""Characters in a description, a note or an answer at most."""
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Every character with the property Bidi_Control (Unicode Standard Annex #9, table 4)."""
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""Controls, format characters (zero-width spaces and joiners, bidi controls, tags …), and all blanks."""
_INVISIBLE = re.compile(
    # Default_Ignorable_Code_Point (DerivedCoreProperties.txt, Unicode 16) as far as the categories lack it:
    # combining grapheme joiner, Hangul fillers, Khmer inherent vowels, Mongolian and other variation
    # selectors, and code points that are reserved for more of them.
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U000e0000-\U000e0fff"
    # Characters that count as visible, but whose glyph is empty: Braille blank, Khitan filler, null notehead.
    "\u2800\U00016fe4\U0001d159]"
)
_PLAIN_MARKS = str.maketrans({"\u3002": ".", "\u2044": "/", "\u2215": "/", "\u29f8": "/"})
"""Marks that are read as a dot or a slash, as far as NFKC does not replace them (UTS #46 for the dot)."""
_LABEL = r"[^\s\x00-,./:-@\[-^`{-\x7f]"
"""A character of a domain's label: a letter or digit of any script, a combining mark, a hyphen."""
_WEB_ADDRESS = re.compile(
    # A domain's last label has at least two characters, the first a letter: so 3.14/2 and Dr./Dr. are none.
    rf"://|www\.|{_LABEL}\.[^\W\d_]{_LABEL}+\.?(?::\d+)?/",
    re.IGNORECASE,
)
_REMOVE_BIDI_CONTROLS = str.maketrans("", "", BIDI_CONTROLS)


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing: there are no characters, or only invisible ones."""
    if text.isascii() and text.isprintable():
        return not text.strip()
    return all(
        unicodedata.category(character) in _INVISIBLE_CATEGORIES or _INVISIBLE.match(character)
        for character in text
    )


def trimmed(text: str) -> str:
    """The text without blanks around it; empty if a reader would see nothing."""
    return "" if is_blank(text) else text.strip()


def without_bidi_controls(text: str) -> str:
    """The text without the characters that turn the direction of the text around them.

    Each letter keeps its own direction, and zero-width joiners stay: Persian names and emoji need them.
    """
    return text if text.isascii() else text.translate(_REMOVE_BIDI_CONTROLS)


def kept_name(name: str) -> str:
    """A name as records hold it: without bidi controls and without blanks around it."""
    return without_bidi_controls(name).strip()


def line_problems(field: str, text: str, *, most: int = LINE, empty: bool = False) -> list[FieldError]:
    """The errors in `text` as one line of at most `most` characters; `empty` says if it may show nothing."""
    if not empty and is_blank(text):
        return [FieldError(field, message("This field is required."))]
    if len(text) > most:
        return [FieldError(field, message("At most %(most)s characters.", most=most))]
    if not text.isprintable() and any(  # printable texts, which are most, have none of them
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in text
    ):
        return [FieldError(field, message("Line breaks and control characters are not allowed here."))]
    return []


def text_problems(field: str, text: str, *, most: int = TEXT) -> list[FieldError]:
    """The errors in `text` as several lines of at most `most` characters together."""
    if len(text) > most:
        return [FieldError(field, message("At most %(most)s characters.", most=most))]
    if not text.isprintable() and any(  # printable texts, which are most, have none of them
        unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\r\t" for c in text
    ):
        return [FieldError(field, message("Control characters are not allowed here."))]
    return []


def web_address(text: str) -> str | None:
    """The text if it is an http or https address, else None: only such a typed text may become a link."""
    return text if re.fullmatch(r"https?://[^\s]+", text) else None


def has_web_address(text: str) -> bool:
    """Whether a web address stands anywhere in the text: `://`, `www.`, or a domain followed by `/`.

    A domain alone is none: there are companies with such a name. Unicode's other dots and slashes count as
    these, and invisible characters do not count.
    """
    if text.isascii():  # none of these is ASCII
        return _WEB_ADDRESS.search(text) is not None
    plain = unicodedata.normalize("NFKC", text).translate(_PLAIN_MARKS)
    shown = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return _WEB_ADDRESS.search(shown) is not None


def name_problems(field: str, text: str) -> list[FieldError]:
    """The errors in the name of a person whom we may mail: one line without a web address.

    Whoever books may name somebody else, who would get that address in a mail from the host.
    """
    if problems := line_problems(field, text):
        return problems
    return (
        [FieldError(field, message("Web addresses are not allowed here."))] if has_web_address(text) else []
    )
