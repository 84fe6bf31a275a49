"""The caller of a request, by the Authorization header or else by the dashboard's session.

One pipeline reads the credential and, if the path names a link or a booking, that record as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.errors import Unauthenticated, invalid
from admitone.domain.people.scopes import EVERYTHING
from admitone.store.records.configuration.snapshot import Snapshot, Wanted, read_snapshot, remembered_snapshot
from admitone.store.records.credentials.sessions import note_use, session_id
from admitone.store.records.operations import Operation, keyed_operation
from admitone.texts.message import message
from admitone.usecases.accounts.access_token import read_access_token
from admitone.usecases.accounts.api_key_create import api_key_id
from admitone.usecases.shared.services import Caller
from admitone.web.http.appkeys import ROUTE, SERVICES
from admitone.web.http.body import read_body
from admitone.web.http.connections.client_address import client_address, seen_by
from admitone.web.http.connections.network_limit import count_miss
from admitone.web.http.posted_form import read_posted
from admitone.web.http.session_cookie import FORM_TYPES, refuse_forged, session_token

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.people.user import ApiKey, User

SAFE = frozenset({"GET", "HEAD"})
ONCE_FIELD = "once"
LONGEST_KEY = 255
"""Characters in an Idempotency-Key at most."""


async def idempotency(request: web.Request, scope: str) -> Operation | None:
    """The operation that an Idempotency-Key names within `scope` and the route; None without a key."""
    key = request.headers.get("Idempotency-Key")
    if key is None or request.method != "POST":
        return None
    if not 1 <= len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise invalid(
            "Idempotency-Key", message("Use 1 to %(most)s printable ASCII characters.", most=LONGEST_KEY)
        )
    return keyed_operation(f"{scope} {request[ROUTE].path}", key, await read_body(request))


async def find_caller(request: web.Request) -> Caller:
    """The caller, by the Authorization header or else by the dashboard's session.

    Raises Unauthenticated, CsrfMissing.
    """
    session = None if "Authorization" in request.headers else session_token(request)
    if session is not None:
        return await _by_session(request, session)
    credential = _bearer(request)
    is_access_token = "." in credential  # a JWT has three parts with dots between; API keys have no dot
    return await (_by_access_token if is_access_token else _by_key)(request, credential)


async def remembered_caller(request: web.Request) -> Caller | None:
    """The holder of an API key from this process's memory, without a trip to Redis.

    None if they are not remembered, or would be refused: a refusal must come from what Redis has now.
    """
    key = tokens.normalise(bearer_token(request), tokens.API_KEY_LENGTH)
    if key is None:
        return None
    snapshot = remembered_snapshot(request.app[SERVICES].store, key[: tokens.WORKSPACE_LENGTH])
    record: ApiKey | None = snapshot.remembered("api_key", api_key_id(key))
    user: User | None = snapshot.remembered("user", record.user) if record else None
    if record is None or user is None or not record.is_live(user, request.app[SERVICES].now()):
        return None
    operation = await idempotency(request, record.id)
    return Caller(snapshot, user, operation, record.scopes, client_address(request))


async def _by_session(request: web.Request, token: str) -> Caller:
    """The caller who is signed in; raises Unauthenticated, CsrfMissing."""
    if request.method not in SAFE:
        await refuse_forged(request, token)
    session = session_id(token)
    operation = await idempotency(request, session) or await _form_operation(request, session)
    wanted = _wanted(request, operation, session=session)
    snapshot = await read_snapshot(request.app[SERVICES].store, token[: tokens.WORKSPACE_LENGTH], wanted)
    if snapshot.session is None:
        raise Unauthenticated
    user = await _user(snapshot, snapshot.session.user, snapshot.session.epoch)
    services, seen = request.app[SERVICES], seen_by(request)
    await note_use(services.store, snapshot.workspace, session, snapshot.session, services.now(), seen)
    return Caller(snapshot, user, operation, address=seen.address)


async def _form_operation(request: web.Request, scope: str) -> Operation | None:
    """The operation of a form of the dashboard with a `once` field: sent twice unchanged, it is done once.

    The form's content is a part of the name: a form that was changed and sent again is a new operation.
    """
    if request.method != "POST" or request.content_type not in FORM_TYPES:
        return None
    once = (await read_posted(request)).get(ONCE_FIELD)
    if not isinstance(once, str) or not once or len(once) > LONGEST_KEY:
        return None
    body = await request.read()
    return keyed_operation(f"{scope} {request[ROUTE].path}", f"{once} {body.hex()}", body)


async def _by_access_token(request: web.Request, token: str) -> Caller:
    """The caller for whom an app acts; raises Unauthenticated, once its grant has ended as well."""
    services = request.app[SERVICES]
    claims = await read_access_token(services, token)
    # The user, not the token, is the scope: a call that is repeated with a renewed token is the same call.
    operation = await idempotency(request, f"{claims.client_id} {claims.sub}")
    wanted = _wanted(request, operation, grant=claims.sid, records=(("user", claims.sub),))
    snapshot = await read_snapshot(services.store, claims.workspace, wanted)
    if snapshot.grant is None or snapshot.grant.grant.user != claims.sub:
        raise Unauthenticated
    user = await _user(snapshot, claims.sub, claims.epoch)
    return Caller(snapshot, user, operation, EVERYTHING, client_address(request))


async def _by_key(request: web.Request, credential: str) -> Caller:
    """The caller who holds an API key; raises Unauthenticated."""
    key = tokens.normalise(credential, tokens.API_KEY_LENGTH)
    if key is None:
        raise Unauthenticated
    key_id = api_key_id(key)
    operation = await idempotency(request, key_id)
    wanted = _wanted(request, operation, records=(("api_key", key_id),))
    snapshot = await read_snapshot(request.app[SERVICES].store, key[: tokens.WORKSPACE_LENGTH], wanted)
    record: ApiKey | None = snapshot.find("api_key", key_id)
    if record is None:
        await count_miss(request)
        raise Unauthenticated
    user = await _user(snapshot, record.user, record.epoch)
    if not record.is_live(user, request.app[SERVICES].now()):
        raise Unauthenticated
    return Caller(snapshot, user, operation, record.scopes, client_address(request))


async def _user(snapshot: Snapshot, user_id: str, epoch: int) -> User:
    """The user of a credential that was issued in `epoch`; raises Unauthenticated if it has ended since."""
    user: User | None
    [user] = await snapshot.load(("user", user_id))
    if user is None or not user.accepts(epoch):
        raise Unauthenticated
    return user


def _wanted(
    request: web.Request,
    operation: Operation | None,
    *,
    session: str | None = None,
    grant: str | None = None,
    records: tuple[tuple[str, str], ...] = (),
) -> Wanted:
    """The records to read in the same trip as the credential."""
    return Wanted(
        link=_named(request, "link"),
        booking=_named(request, "booking"),
        operation=operation.id if operation else None,
        session=session,
        grant=grant,
        records=records,
    )


def _named(request: web.Request, part: str) -> str | None:
    """The id of a link or booking in the path, or None; other texts could name another key in Redis."""
    text = request.match_info.get(part, "")
    return text if tokens.is_address(text) else None


def _bearer(request: web.Request) -> str:
    credential = bearer_token(request)
    if not credential or not credential.isascii():  # of ASCII by RFC 6750, 2.1; a header may hold any bytes
        raise Unauthenticated
    return credential


def bearer_token(request: web.Request) -> str:
    """The token or key in the Authorization header; empty if there is none, or one of another scheme."""
    scheme, _, credential = request.headers.get("Authorization", "").partition(" ")
    return credential.strip() if scheme.lower() == "bearer" else ""
