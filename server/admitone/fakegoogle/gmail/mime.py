"""Messages as bytes: read from a call, checked as Gmail checks them, parsed for an answer."""

from __future__ import annotations

import base64
import email
import email.policy
import re
from email.errors import MessageError
from email.header import decode_header, make_header
from email.utils import getaddresses
from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.api.schema import decode_bytes
from admitone.fakegoogle.errors import invalid_argument

if TYPE_CHECKING:
    from email.message import Message as Mime

    from admitone.fakegoogle.records import Message

RECIPIENTS = ("To", "Cc", "Bcc")
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+")
_SNIPPET_LENGTH = 200


def content_of(message: dict[str, Any] | None, media: bytes | None) -> bytes | None:
    """The RFC 5322 bytes in a call, from its upload or its `raw`; None if it has neither."""
    if media is not None:
        return media
    raw = (message or {}).get("raw")
    return decode_bytes(raw) if raw else None


def check_sendable(content: bytes) -> None:
    """Raise `ApiError` (400) unless the message has a recipient and all addresses are valid."""
    parsed = parse(content)
    found = False
    for name in RECIPIENTS:
        for _, address in getaddresses([str(value) for value in parsed.get_all(name, [])]):
            if not _ADDRESS.fullmatch(address):
                raise invalid_argument(f"Invalid {name} header")
            found = True
    if not found:
        raise invalid_argument("Recipient address required")


def resource(message: Message, form: str, headers: list[str] | None = None) -> dict[str, Any]:
    """The `Message` resource in the format `minimal`, `full`, `raw` or `metadata`."""
    content = content_bytes(message)
    answer: dict[str, Any] = {
        "id": message.id,
        "threadId": message.thread_id,
        "labelIds": message.labels,
        "snippet": snippet(content),
        "historyId": str(message.history_id),
        "internalDate": str(message.received),
        "sizeEstimate": len(content),
    }
    if form == "raw":
        answer["raw"] = message.raw
    elif form == "full":
        answer["payload"] = _part(parse(content), "")
    elif form == "metadata":
        wanted = {name.lower() for name in headers or ()}
        payload = _part(parse(content), "")
        answer["payload"] = {
            "mimeType": payload["mimeType"],
            "headers": [one for one in payload["headers"] if not wanted or one["name"].lower() in wanted],
        }
    return answer


def content_bytes(message: Message) -> bytes:
    """The bytes of a stored message."""
    return base64.urlsafe_b64decode(message.raw)


def parse(content: bytes) -> Mime:
    """Parse a message leniently: parts that cannot be parsed stay as they are."""
    return email.message_from_bytes(content, policy=email.policy.compat32)


def text_of(content: bytes, subtype: str = "plain") -> str:
    """The first text part of that subtype."""
    for part in parse(content).walk():
        if part.get_content_type() == f"text/{subtype}":
            return decoded_text(part)
    return ""


def decoded_text(part: Mime) -> str:
    """The text of one part."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, MessageError):
        return payload.decode("utf-8", "replace")


def decoded_header(value: object) -> str:
    """A header, decoded (RFC 2047); if it cannot be decoded, as it is."""
    try:
        return str(make_header(decode_header(str(value))))
    except (LookupError, MessageError, UnicodeDecodeError):
        return str(value)


def snippet(content: bytes) -> str:
    """The beginning of the text on one line."""
    return " ".join(text_of(content).split())[:_SNIPPET_LENGTH]


def _part(part: Mime, part_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "partId": part_id,
        "mimeType": part.get_content_type(),
        "filename": part.get_filename() or "",
        "headers": [{"name": name, "value": str(value)} for name, value in part.items()],
    }
    below = part.get_payload()
    if part.is_multipart() and isinstance(below, list):
        prefix = f"{part_id}." if part_id else ""
        answer["body"] = {"size": 0}
        answer["parts"] = [_part(one, f"{prefix}{index}") for index, one in enumerate(below)]
        return answer
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    answer["body"] = {"size": len(data), "data": base64.urlsafe_b64encode(data).decode()}
    return answer
