"""`/_control/…`: requests of tests that Google does not have. JSON in, JSON out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from aiohttp import web

from admitone.fakegoogle.api.call import act_as
from admitone.fakegoogle.api.methods import HANDLERS
from admitone.fakegoogle.appkeys import STATE
from admitone.fakegoogle.control.faults import Fault
from admitone.fakegoogle.errors import ApiError
from admitone.fakegoogle.oauth import addon_tokens, tokens
from admitone.fakegoogle.records import Account, Client

if TYPE_CHECKING:
    from collections.abc import Sequence

Body = TypeVar("Body")


class _Empty(msgspec.Struct, forbid_unknown_fields=True):
    pass


class _AccountFilter(msgspec.Struct, forbid_unknown_fields=True):
    account: str | None = None


class _Mint(msgspec.Struct, forbid_unknown_fields=True):
    account: str
    scopes: list[str]
    client_id: str


class _Act(msgspec.Struct, forbid_unknown_fields=True):
    account: str
    method: str
    parameters: dict[str, Any] = {}
    body: dict[str, Any] = {}


class _Rotation(msgspec.Struct, forbid_unknown_fields=True):
    drop_old: bool = False


async def reset(request: web.Request) -> web.Response:
    """POST reset: forget everything except the keys and the registered clients."""
    await _body(request, _Empty)
    request.app[STATE].reset()
    return _done()


async def state(request: web.Request) -> web.Response:
    """GET state: all records, and the number of held calls."""
    current = request.app[STATE]
    return _json({"data": current.snapshot(), "faults": current.faults.waiting, "held": current.faults.held})


async def add_fault(request: web.Request) -> web.Response:
    """POST faults, a `Fault`."""
    request.app[STATE].faults.add(await _body(request, Fault))
    return _done()


async def clear_faults(request: web.Request) -> web.Response:
    """DELETE faults: remove all faults, and let held calls continue."""
    request.app[STATE].faults.clear()
    return _done()


async def release(request: web.Request) -> web.Response:
    """POST release: let held calls continue."""
    await _body(request, _Empty)
    request.app[STATE].faults.release()
    return _done()


async def add_account(request: web.Request) -> web.Response:
    """POST accounts, an `Account`."""
    account = await _body(request, Account)
    request.app[STATE].add_account(account)
    return _json({"sub": account.subject})


async def add_client(request: web.Request) -> web.Response:
    """POST clients, a `Client`."""
    request.app[STATE].add_client(await _body(request, Client))
    return _done()


async def mint_tokens(request: web.Request) -> web.Response:
    """POST tokens `{account, scopes, client_id}`: access and refresh token, without the consent page."""
    data = request.app[STATE].data
    mint = await _body(request, _Mint)
    return _json(
        {
            "access_token": tokens.issue_access_token(data, mint.client_id, mint.account, mint.scopes),
            "refresh_token": tokens.issue_refresh_token(data, mint.client_id, mint.account, mint.scopes),
        }
    )


async def act(request: web.Request) -> web.Response:
    """POST act `{account, method, parameters?, body?}`: run a method as Google's own pages do."""
    action = await _body(request, _Act)
    if action.account not in request.app[STATE].data.accounts or action.method not in HANDLERS:
        raise web.HTTPBadRequest(text="There is no such account or method here.\n")
    try:
        value = act_as(
            request.app[STATE],
            action.account,
            action.method,
            action.parameters,
            action.body,
            origin=str(request.url.origin()),
        )
    except ApiError as error:
        raise web.HTTPBadRequest(text=f"{error}\n") from None
    return _json(value or {})


async def mint_addon_tokens(request: web.Request) -> web.Response:
    """POST addon-tokens, an `addon_tokens.TokenRequest`: the tokens of a Workspace add-on's request."""
    wanted = await _body(request, addon_tokens.TokenRequest)
    if wanted.account not in request.app[STATE].data.accounts:
        raise web.HTTPBadRequest(text="There is no such account here.\n")
    return _json(addon_tokens.mint(request.app[STATE], wanted))


async def expire_tokens(request: web.Request) -> web.Response:
    """POST tokens/expire `{account?}`: expire access tokens, of all accounts or of one."""
    tokens.expire_access_tokens(request.app[STATE].data, (await _body(request, _AccountFilter)).account)
    return _done()


async def expire_sync_tokens(request: web.Request) -> web.Response:
    """POST sync-tokens/expire `{account?}`: expire sync tokens, of all accounts or of one."""
    current, who = request.app[STATE], await _body(request, _AccountFilter)
    current.data.changes += 1
    for calendar in current.data.calendars.values():
        if who.account in (None, calendar.owner):
            calendar.sync_floor = current.data.changes
    return _done()


async def revoke(request: web.Request) -> web.Response:
    """POST revoke `{account}`: end every grant of the account."""
    account = (await _body(request, _AccountFilter)).account
    if account is None:
        raise web.HTTPBadRequest(text="account is missing\n")
    tokens.revoke_account(request.app[STATE].data, account)
    return _done()


async def rotate_keys(request: web.Request) -> web.Response:
    """POST keys/rotate `{drop_old?}`: sign id tokens with a new key."""
    rotation = await _body(request, _Rotation)
    request.app[STATE].rotate_keys(drop_old=rotation.drop_old)
    return _done()


ROUTES: Sequence[web.RouteDef] = (
    web.post("/_control/reset", reset),
    web.get("/_control/state", state),
    web.post("/_control/faults", add_fault),
    web.delete("/_control/faults", clear_faults),
    web.post("/_control/release", release),
    web.post("/_control/accounts", add_account),
    web.post("/_control/clients", add_client),
    web.post("/_control/act", act),
    web.post("/_control/tokens", mint_tokens),
    web.post("/_control/tokens/expire", expire_tokens),
    web.post("/_control/addon-tokens", mint_addon_tokens),
    web.post("/_control/sync-tokens/expire", expire_sync_tokens),
    web.post("/_control/revoke", revoke),
    web.post("/_control/keys/rotate", rotate_keys),
)


async def _body(request: web.Request, kind: type[Body]) -> Body:
    # Only with the content type of JSON: a page of another origin cannot send that without a CORS preflight.
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="send application/json\n")
    try:
        return msgspec.json.decode(await request.read(), type=kind)
    except msgspec.DecodeError as error:
        raise web.HTTPBadRequest(text=f"{error}\n") from None


def _done() -> web.Response:
    return _json({})


def _json(body: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(body), content_type="application/json")
