"""The lines of a calendar file (RFC 5545, 3.1): names, parameters and values, escaped and folded.

The icalendar package writes the same bytes in eight times the time, as it makes an object of each part. A
test compares the two.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LIMIT = 75
"""Bytes from which on a line is folded."""
_ESCAPED = re.compile(r"\r?\\N|\r\n|[\\;,\r\n]")
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,"}
_IN_PARAMETER = re.compile(r'\r\n|[\^\r\n"]')
_PARAMETER_ESCAPES = {"^": "^^", '"': "^'"}
_QUOTED = re.compile("[,;:’]")
_QUOTED_NAME = re.compile("[,;:’ ']")


def line(name: str, value: str, parameters: Mapping[str, str] = {}) -> str:
    """One folded line without its end; `parameters` come in the order of their names."""
    head = "".join(f";{key}={_parameter(key, text)}" for key, text in sorted(parameters.items()))
    return _folded(f"{name}{head}:{value}")


def text_value(text: str) -> str:
    """A value of the type TEXT; line ends, and a typed `\\N`, become line ends (3.3.11)."""
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found[0], r"\n"), text)


def time_value(at: int) -> str:
    """An instant (epoch seconds) in UTC."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y%m%dT%H%M%SZ")


def _parameter(name: str, text: str) -> str:
    """The value of a parameter (RFC 6868), in quotes where it needs some; a name also for its blanks."""
    written = _IN_PARAMETER.sub(lambda found: _PARAMETER_ESCAPES.get(found[0], "^n"), text)
    is_quoted = _QUOTED.search(written) or (name == "CN" and _QUOTED_NAME.search(text))
    return f'"{written}"' if is_quoted else written


def _folded(text: str) -> str:
    """The line in pieces of less than 75 bytes, none of which ends within an escaped character."""
    if len(text.encode()) < LIMIT:
        return text
    pieces, start, size = [], 0, 0
    for at, character in enumerate(text):
        length = len(character.encode())
        if at > start and size + length >= LIMIT:
            end = at - 1 if at - start > 1 and text[at - 1] in "\\^" else at
            pieces.append(text[start:end])
            start, size = end, len(text[end:at].encode())
        size += length
    return "\r\n ".join([*pieces, text[start:]])
