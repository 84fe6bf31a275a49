"""Who may call: nothing reaches a handler whose route does not admit the caller; the default is refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Busy, Forbidden, LinkNotFound, NotFound, OutcomeUnknown, Refusal
from admitone.usecases.shared.settle import RememberedTooLongError
from admitone.web.http.appkeys import CALLER
from admitone.web.http.caller import find_caller, remembered_caller
from admitone.web.http.miss_limit import count_miss
from admitone.web.http.route import Access

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.usecases.shared.services import Caller
    from admitone.web.http.route import Handler, Route


def guard(route: Route, handler: Handler) -> Handler:
    """The handler behind the route's access.

    A customer's handler finds out itself whether the code or token in the path is good; here it is counted
    how often one is not.
    """
    if route.access is Access.OPEN:
        return handler

    async def handle_customer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except (LinkNotFound, NotFound):
            await count_miss(request)
            raise

    if route.access is Access.CUSTOMER:
        return handle_customer

    async def handle(request: web.Request) -> web.StreamResponse:
        if route.compares and (remembered := await remembered_caller(request)) is not None:
            try:
                return await admit(request, remembered)
            except (Busy, OutcomeUnknown):
                raise
            except (Refusal, RememberedTooLongError):
                pass  # perhaps because something has changed since: ask Redis
        return await admit(request, await find_caller(request))

    async def admit(request: web.Request, caller: Caller) -> web.StreamResponse:
        if route.access is Access.ADMINISTRATOR and not caller.is_administrator:
            raise Forbidden
        request[CALLER] = caller
        return await handler(request)

    return handle
