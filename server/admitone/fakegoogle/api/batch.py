"""Batches: several calls in one multipart request, each answered in its own part.

https://developers.google.com/workspace/calendar/api/guides/batch
"""

from __future__ import annotations

import http
import secrets
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from admitone.fakegoogle.api.call import Answer, Call, answer, error_answer
from admitone.fakegoogle.api.multipart import parse_parts, split_headers
from admitone.fakegoogle.errors import bad_request

if TYPE_CHECKING:
    from admitone.fakegoogle.api.multipart import Part
    from admitone.fakegoogle.state import State

MAX_CALLS = {"/batch/calendar/v3": 50, "/batch": 100}
PREFIXES = {"/batch/calendar/v3": "/calendar/v3/", "/batch": "/gmail/v1/"}


async def answer_batch(state: State, call: Call) -> Answer:
    """Answer a batch. A part without its own token uses the token of the batch.

    Raises `ApiError`, and `AnswerLost` if a fault loses the answer of any part.
    """
    parts = parse_parts(call.headers.get("content-type", ""), call.body)
    limit = MAX_CALLS[call.path]
    if len(parts) > limit:
        message = f"The batch request has {len(parts)} calls; the maximum is {limit}."
        raise bad_request(message, reason="batchSizeTooLarge")
    boundary = f"batch_{secrets.token_urlsafe(24)}"
    body = bytearray()
    for headers, content in parts:
        answered = await _answer_part(state, call, (headers, content))
        body += f"--{boundary}\r\nContent-Type: application/http\r\n".encode()
        if "content-id" in headers:
            body += f"Content-ID: {_response_id(headers['content-id'])}\r\n".encode()
        body += b"\r\n" + _serialised(answered) + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    return Answer(200, {"Content-Type": f"multipart/mixed; boundary={boundary}"}, bytes(body))


async def _answer_part(state: State, outer: Call, part: Part) -> Answer:
    headers, content = part
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/http":
        return error_answer(bad_request("A part of a batch is application/http.", reason="badRequest"))
    line, _, rest = content.partition(b"\n")
    words = line.decode("latin-1").split()
    if len(words) < 2:  # noqa: PLR2004
        return error_answer(bad_request("Failed to parse batch request.", reason="badRequest"))
    inner_headers, body = split_headers(rest)
    path, _, query = words[1].partition("?")
    if not path.startswith(PREFIXES[outer.path]):
        return error_answer(bad_request("The call is not to the API of this batch.", reason="badRequest"))
    call = Call(
        verb=words[0].upper(),
        path=path,
        query=parse_qsl(query, keep_blank_values=True),
        headers={**_inherited(outer), **inner_headers},
        body=body,
        origin=outer.origin,
    )
    return await answer(state, call)


def _inherited(outer: Call) -> dict[str, str]:
    """The headers of the batch that apply to each call: all except `Content-…`."""
    return {name: value for name, value in outer.headers.items() if not name.startswith("content-")}


def _response_id(content_id: str) -> str:
    return f"<response-{content_id.strip().removeprefix('<').removesuffix('>')}>"


def _serialised(answered: Answer) -> bytes:
    phrase = http.HTTPStatus(answered.status).phrase
    head = [f"HTTP/1.1 {answered.status} {phrase}"]
    head += [f"{name}: {value}" for name, value in answered.headers.items()]
    head += [f"Content-Length: {len(answered.body)}"]
    return "\r\n".join([*head, "", ""]).encode() + answered.body
