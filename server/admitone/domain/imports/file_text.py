"""The text of an uploaded file, decoded while it arrives.

A byte order mark says UTF-8 or UTF-16. Without one, the file is UTF-8, unless its first character beyond
ASCII is not: then it is Windows-1252, in which Excel for Western Europe saves. Later bytes do not change
that, so nothing of the file has to be kept for the decision.
"""

from __future__ import annotations

import codecs
from io import IncrementalNewlineDecoder

from admitone.domain.errors import Invalid, invalid
from admitone.texts.message import message

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ZIPPED = b"PK\x03\x04"
"""The first bytes of a workbook of Excel, Numbers or OpenOffice, which are ZIP archives."""


class TextReader:
    """Decodes a file in parts. Line breaks of all systems become LF. Raises Invalid, field `file`."""

    def __init__(self) -> None:
        self._begin = b""
        self._decoder: codecs.IncrementalDecoder | None = None
        self._newlines = IncrementalNewlineDecoder(None, translate=True)
        self._may_change = False
        """Whether the encoding was assumed, and only ASCII was read so far."""

    def read(self, data: bytes, *, is_last: bool = False) -> str:
        """The next part of the text; `is_last` says that no more bytes follow."""
        if self._decoder is None:
            self._begin += data
            if len(self._begin) < len(ZIPPED) and not is_last:
                return ""
            data = self._choose()
        text = self._decode(data, is_last=is_last)
        if "\0" in text:
            raise invalid("file", message("This file is not a text file. Save the table as CSV (UTF-8)."))
        return self._newlines.decode(text, final=is_last)

    def _choose(self) -> bytes:
        """Choose the decoder by the first bytes; returns these without the byte order mark."""
        if self._begin.startswith(ZIPPED):
            raise invalid("file", message("This file is a workbook. Save the table as CSV (UTF-8) first."))
        for mark, name in BYTE_ORDER_MARKS:
            if self._begin.startswith(mark):
                self._decoder = codecs.getincrementaldecoder(name)()
                return self._begin.removeprefix(mark)
        self._decoder, self._may_change = codecs.getincrementaldecoder("utf-8")(), True
        return self._begin

    def _decode(self, data: bytes, *, is_last: bool) -> str:
        assert self._decoder is not None
        waiting = self._decoder.getstate()[0]
        try:
            text = self._decoder.decode(data, final=is_last)
        except UnicodeDecodeError as error:
            whole = waiting + data
            if not (self._may_change and whole[: error.start].isascii()):
                raise _unreadable() from None
            return self._decode_as_windows(whole, is_last=is_last)
        self._may_change = self._may_change and text.isascii()
        return text

    def _decode_as_windows(self, data: bytes, *, is_last: bool) -> str:
        self._decoder, self._may_change = codecs.getincrementaldecoder("cp1252")(), False
        try:
            return self._decoder.decode(data, final=is_last)
        except UnicodeDecodeError:
            raise _unreadable() from None


def _unreadable() -> Invalid:
    return invalid("file", message("Some characters of this file cannot be read. Save it as CSV (UTF-8)."))
