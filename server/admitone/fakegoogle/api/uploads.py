"""Media uploads: the message that is sent together with a call.

https://developers.google.com/workspace/gmail/api/guides/uploads
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.api.multipart import parse_parts
from admitone.fakegoogle.errors import bad_request, not_implemented

if TYPE_CHECKING:
    from collections.abc import Mapping

_MULTIPART_PARTS = 2


def split_upload(parameters: Mapping[str, Any], content_type: str, body: bytes) -> tuple[str, bytes, bytes]:
    """Split a call with an upload: the content type and bytes of its JSON, and the media."""
    kind = parameters.get("uploadType")
    if kind == "media":
        _check_message(content_type)
        return "application/json", b"", body
    if kind == "multipart":
        parts = parse_parts(content_type, body)
        if len(parts) != _MULTIPART_PARTS:
            raise bad_request("Multipart uploads have two parts.", reason="badRequest")
        (metadata_headers, metadata), (media_headers, media) = parts
        _check_message(media_headers.get("content-type", ""))
        return metadata_headers.get("content-type", ""), metadata, media
    if kind == "resumable":
        raise not_implemented("resumable uploads")
    raise bad_request("Invalid value for uploadType.", reason="invalidParameter", location="uploadType")


def _check_message(content_type: str) -> None:
    if not content_type.lower().startswith("message/"):
        kind = content_type or "application/octet-stream"
        raise bad_request(
            f"Media type '{kind}' is not supported. Valid media types: [message/*]",
            reason="badContent",
        )
