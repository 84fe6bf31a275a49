"""One API call, by itself or in a batch: find its method, authorise, check, run and answer it.

The order of the checks is Google's: the address, the token, its scopes, the parameters, the body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.fakegoogle.api import discovery
from admitone.fakegoogle.api.fields import select
from admitone.fakegoogle.api.methods import HANDLERS
from admitone.fakegoogle.api.parameters import read_parameters
from admitone.fakegoogle.api.schema import violations
from admitone.fakegoogle.api.uploads import split_upload
from admitone.fakegoogle.errors import (
    ApiError,
    bad_request,
    insufficient_scopes,
    invalid_argument,
    not_implemented,
    unauthenticated,
)
from admitone.fakegoogle.oauth import tokens
from admitone.fakegoogle.state import State

if TYPE_CHECKING:
    from admitone.fakegoogle.records import AccessToken

JSON = {"Content-Type": "application/json; charset=UTF-8", "Cache-Control": "private, max-age=0"}


class Call(msgspec.Struct, frozen=True):
    """A request: `path` percent-encoded, header names in lower case, `origin` our own address."""

    verb: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes
    origin: str


class Answer(msgspec.Struct, frozen=True):
    """An answer; with an empty body it has no content type."""

    status: int
    headers: dict[str, str]
    body: bytes


class Context(msgspec.Struct, frozen=True):
    """The arguments of a method; `account` is the email address of the token's account."""

    state: State
    account: str
    client_id: str
    parameters: dict[str, Any]
    body: dict[str, Any]
    media: bytes | None
    headers: dict[str, str]
    origin: str


async def answer(state: State, call: Call) -> Answer:
    """Answer `call`. Raises `AnswerLost` if a fault loses the answer."""
    match = discovery.find(call.verb, call.path)
    if match is None:
        page = "<!doctype html><title>Error 404 (Not Found)!!1</title><p>The requested URL was not found."
        return Answer(404, {"Content-Type": "text/html; charset=UTF-8"}, page.encode())
    token = tokens.live_access_token(state.data, _bearer(call))
    fault = state.faults.take(match.method.id, token.account if token else None)
    if fault is not None and fault.kind == "garbage":
        return Answer(200, {"Content-Type": "text/html"}, b"<!doctype html><title>Error</title>")
    if fault is not None and fault.kind == "revoked_grant" and token is not None:
        tokens.revoke_account(state.data, token.account)
        token = None
    try:
        return await state.faults.around(fault, lambda: _work(state, call, match, token))
    except ApiError as error:
        return error_answer(error)


def error_answer(error: ApiError) -> Answer:
    """The answer for an error."""
    return Answer(error.status, {**JSON, **error.headers}, msgspec.json.encode(error.body))


def act_as(
    state: State, account: str, method_id: str, parameters: dict[str, Any], body: dict[str, Any], origin: str
) -> Any:
    """Run a method for `account` without a token, as Google's own pages do; return the method's result."""
    context = Context(
        state=state,
        account=account,
        client_id="",
        parameters={"maxResults": 250, **parameters},
        body=body,
        media=None,
        headers={},
        origin=origin,
    )
    return HANDLERS[method_id](context)


def _work(state: State, call: Call, match: discovery.Match, token: AccessToken | None) -> Answer:
    method = match.method
    if token is None:
        raise unauthenticated()
    if not method.scopes.intersection(token.scopes):
        raise insufficient_scopes(method.id, method.scopes)
    handler = HANDLERS.get(method.id)
    if handler is None:
        raise not_implemented(method.id)
    parameters = read_parameters(match, call.query)
    content_type, body, media = call.headers.get("content-type", ""), call.body, None
    if match.is_upload:
        content_type, body, media = split_upload(parameters, content_type, body)
    context = Context(
        state=state,
        account=token.account,
        client_id=token.client_id,
        parameters=parameters,
        body=_json_body(match, content_type, body),
        media=media,
        headers=call.headers,
        origin=call.origin,
    )
    value = handler(context)
    if value is None:
        return Answer(204, {}, b"")
    if "fields" in parameters and method.response is not None:
        value = select(match.api, method.response, parameters["fields"], value)
    headers = {**JSON, **({"ETag": value["etag"]} if "etag" in value else {})}
    return Answer(200, headers, msgspec.json.encode(value))


def _json_body(match: discovery.Match, content_type: str, body: bytes) -> dict[str, Any]:
    """The body, checked against the method's request schema; a method without one accepts no body."""
    if not body:
        return {}
    if match.method.request is None:
        raise invalid_argument("Invalid JSON payload received. This method takes no body.")
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise bad_request("This API does not support parsing form-encoded input.", reason="parseError")
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise bad_request("Parse Error", reason="parseError") from None
    for path, message in violations(match.api, match.method.request, value, nulls=True):
        raise invalid_argument(message, field=path)
    return dict(value)


def _bearer(call: Call) -> str | None:
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None
