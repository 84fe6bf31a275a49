"""Erasure and export of one address: `/api/v1/erasures`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import HasLiveBookings
from admitone.usecases.personal_data.erasure_start import Address, carry_out, decline, start_erasure
from admitone.usecases.personal_data.erasure_view import (
    ErasureView,
    list_erasures,
    read_erasure,
    view_erasure,
)
from admitone.usecases.personal_data.export import Export, export_address
from admitone.usecases.shared.listing import Listing, ListQuery
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import query, read_json, refuse_fields, respond_created, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("erasure_list", Listing[ErasureView], query=ListQuery)
async def list_(request: web.Request) -> web.Response:
    """List erasures, and what customers requested, newest first."""
    wanted = query(request, ListQuery)
    return respond_json(await list_erasures(request.app[SERVICES], request[CALLER], wanted))


@operation("erasure_create", ErasureView, body=Address, status=201, refuses=(HasLiveBookings,))
async def create(request: web.Request) -> web.Response:
    """Start to erase everything of one address, for good."""
    body = await read_json(request, Address)
    made = await start_erasure(request.app[SERVICES], request[CALLER], body)
    return respond_created(made, f"/api/v1/erasures/{made.id}")


@operation("erasure_get", ErasureView)
async def get(request: web.Request) -> web.Response:
    """Show one erasure and what it has erased so far."""
    services, workspace = request.app[SERVICES], request[CALLER].workspace
    return respond_json(view_erasure(await read_erasure(services, workspace, request.match_info["id"])))


@operation("erasure_carry_out", ErasureView, refuses=(HasLiveBookings,))
async def carry_out_request(request: web.Request) -> web.Response:
    """Start the erasure that a customer requested."""
    await refuse_fields(request)
    erasure = request.match_info["id"]
    return respond_json(await carry_out(request.app[SERVICES], request[CALLER], erasure))


@operation("erasure_decline", ErasureView)
async def decline_request(request: web.Request) -> web.Response:
    """Decline what a customer requested."""
    await refuse_fields(request)
    return respond_json(await decline(request.app[SERVICES], request[CALLER], request.match_info["id"]))


@operation("erasure_export", Export, body=Address)
async def export(request: web.Request) -> web.Response:
    """Export everything that the workspace holds about one address."""
    body = await read_json(request, Address)
    return respond_json(await export_address(request.app[SERVICES], request[CALLER], body))
