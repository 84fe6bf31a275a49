"""Who may call: nothing reaches a handler whose route does not admit the caller; the default is refusal.

One pipeline reads the credential and, where the path names a link or a booking, that as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.errors import Forbidden, Unauthenticated, invalid
from admitone.store.operations import Operation, keyed_operation
from admitone.store.snapshot import Wanted, read_snapshot
from admitone.usecases.api_key_create import api_key_id
from admitone.usecases.services import Caller
from admitone.web.appkeys import CALLER, ROUTE, SERVICES
from admitone.web.body import read_body
from admitone.web.route import Access

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.user import ApiKey, User
    from admitone.web.route import Handler, Route

SAFE = frozenset({"GET", "HEAD"})
LONGEST_KEY = 255
"""Characters in an Idempotency-Key at most."""


def guard(route: Route, handler: Handler) -> Handler:
    """The handler behind the route's access.

    A customer's handler finds out itself whether the code or token in the path is good.
    """
    if route.access in {Access.OPEN, Access.CUSTOMER}:
        return handler

    async def handle(request: web.Request) -> web.StreamResponse:
        caller = await _caller(request)
        if route.access is Access.ADMINISTRATOR and not caller.is_administrator:
            raise Forbidden
        request[CALLER] = caller
        return await handler(request)

    return handle


async def idempotency(request: web.Request, scope: str) -> Operation | None:
    """The operation that an Idempotency-Key names within `scope` and the route; None without one."""
    key = request.headers.get("Idempotency-Key")
    if key is None or request.method != "POST":
        return None
    if not 1 <= len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise invalid("Idempotency-Key", f"Use 1 to {LONGEST_KEY} printable ASCII characters.")
    return keyed_operation(f"{scope} {request[ROUTE].path}", key, await read_body(request))


async def _caller(request: web.Request) -> Caller:
    """The caller by the API key of the Authorization header; raises Unauthenticated, Forbidden."""
    key = _bearer(request)
    key_id = api_key_id(key)
    operation = await idempotency(request, key_id)
    wanted = Wanted(
        link=request.match_info.get("link"),
        booking=request.match_info.get("booking"),
        operation=operation.id if operation else None,
        records=(("api_key", key_id),),
    )
    store = request.app[SERVICES].store
    snapshot = await read_snapshot(store, key[: tokens.WORKSPACE_LENGTH], wanted)
    record: ApiKey | None = snapshot.find("api_key", key_id)
    if record is None:
        raise Unauthenticated
    user: User | None
    [user] = await snapshot.load(("user", record.user))
    if user is None or not user.active:
        raise Unauthenticated
    if record.scope == "read" and request.method not in SAFE:
        raise Forbidden("This API key may only read.")
    return Caller(snapshot, user, operation)


def _bearer(request: web.Request) -> str:
    scheme, _, credential = request.headers.get("Authorization", "").partition(" ")
    key = tokens.normalise(credential.strip(), tokens.API_KEY_LENGTH)
    if scheme.lower() != "bearer" or key is None:
        raise Unauthenticated
    return key
