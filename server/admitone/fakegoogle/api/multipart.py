"""Multipart bodies of batches and uploads.

Lines may end in LF alone, as google-api-python-client's do. The parsers of the standard library would also
parse an uploaded message, and do not return its original bytes.
"""

from __future__ import annotations

import re
from email.message import Message

from admitone.fakegoogle.errors import bad_request

Part = tuple[dict[str, str], bytes]


def parse_parts(content_type: str, body: bytes) -> list[Part]:
    """The parts of `body` (RFC 2046): headers with lower-case names, and content."""
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary()
    if header.get_content_maintype() != "multipart" or not boundary:
        raise bad_request("Missing or invalid multipart boundary.", reason="badRequest")
    delimiter = re.compile(rb"(?:^|\r?\n)--" + re.escape(boundary.encode()) + rb"(--)?[ \t]*(?:\r?\n|$)")
    found = list(delimiter.finditer(body))
    if not found or not found[-1][1]:
        raise bad_request("Failed to parse batch request, error: unterminated multipart", reason="badRequest")
    ends = [match.start() for match in found[1:]]
    starts = [match.end() for match in found[:-1]]
    return [split_headers(body[start:end]) for start, end in zip(starts, ends, strict=True)]


def split_headers(text: bytes) -> Part:
    """The headers and the rest of a part, or of an HTTP message without its first line."""
    blank = re.search(rb"\A\r?\n|\r?\n\r?\n", text)
    head, rest = (text[: blank.start()], text[blank.end() :]) if blank else (text, b"")
    headers = {}
    for line in re.split(r"\r?\n(?![ \t])", head.decode("latin-1")):
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return headers, rest
