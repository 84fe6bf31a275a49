"""Access control: a request reaches its handler only if the route admits the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import (
    Busy,
    Forbidden,
    LinkNotFound,
    NotFound,
    OutcomeUnknown,
    Refusal,
    ScopeMissing,
    SessionRequired,
)
from admitone.usecases.shared.settle import RememberedTooLongError
from admitone.web.http.appkeys import CALLER, ROUTE
from admitone.web.http.caller import find_caller, remembered_caller
from admitone.web.http.connections.network_limit import count_miss
from admitone.web.http.route import Access
from admitone.web.http.scope import Special

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.people.scopes import Scope
    from admitone.usecases.shared.services import Caller
    from admitone.web.http.route import Handler, Route


def refuse_without(needed: Scope | Special | None, caller: Caller) -> None:
    """Refuse a caller whose credential lacks what is `needed`; raises SessionRequired, ScopeMissing."""
    if caller.scopes is None or needed is None or needed is Special.ANY:
        return
    if needed is Special.SESSION:
        raise SessionRequired
    if not caller.may(needed):
        raise ScopeMissing(needed)


async def admitted_again(request: web.Request) -> Caller:
    """The caller of a request that was admitted a while ago, as they are now.

    Raises Unauthenticated, SessionRequired, ScopeMissing if the request would not be admitted any more. For
    routes that members may call.
    """
    caller = await find_caller(request)
    refuse_without(request[ROUTE].scope, caller)
    return caller


def guard(route: Route, handler: Handler) -> Handler:
    """The handler of a route, protected by its access; from then on the request knows its route.

    A customer's handler itself checks the code or token in the path; here codes and tokens that do not exist
    are counted.
    """

    async def handle_open(request: web.Request) -> web.StreamResponse:
        request[ROUTE] = route
        return await handler(request)

    if route.access is Access.OPEN:
        return handle_open

    async def handle_customer(request: web.Request) -> web.StreamResponse:
        request[ROUTE] = route
        try:
            return await handler(request)
        except (LinkNotFound, NotFound):
            await count_miss(request)
            raise

    if route.access is Access.CUSTOMER:
        return handle_customer

    needed = route.scope

    async def handle(request: web.Request) -> web.StreamResponse:
        request[ROUTE] = route
        if route.compares and (remembered := await remembered_caller(request)) is not None:
            try:
                admit(request, remembered)
                return await handler(request)
            except (Busy, OutcomeUnknown):
                raise
            except (Refusal, RememberedTooLongError):
                pass  # what was remembered may be old: read the caller from Redis
        admit(request, await find_caller(request))
        return await handler(request)

    def admit(request: web.Request, caller: Caller) -> None:
        if route.access is Access.ADMINISTRATOR and not caller.is_administrator:
            raise Forbidden
        refuse_without(needed, caller)
        request[CALLER] = caller

    return handle
