"""One-time links: `/api/v1/links`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import LinkHasBooking, LinkNotMailable, MailNotSetUp, OneTimeNotOffered
from admitone.domain.links.link import BatchBody, LinkBody, LinkMailBody, LinkPatch
from admitone.usecases.links.link_create import create_link, create_link_batch
from admitone.usecases.links.link_list import LinkQuery, list_links
from admitone.usecases.links.link_reactivate import reactivate_link
from admitone.usecases.links.link_read import read_link
from admitone.usecases.links.link_revoke import revoke_link
from admitone.usecases.links.link_update import update_link
from admitone.usecases.links.link_view import LinkView, MadeLinksView, MadeLinkView
from admitone.usecases.mail.link_email import email_link
from admitone.usecases.shared.listing import Listing
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import query, read_json, refuse_fields, respond_created, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("link_list", Listing[LinkView], query=LinkQuery)
async def list_(request: web.Request) -> web.Response:
    """List links, newest first."""
    answer = await list_links(request.app[SERVICES], request[CALLER], query(request, LinkQuery))
    return respond_json(answer)


@operation("link_create", MadeLinkView, body=LinkBody, status=201, refuses=(OneTimeNotOffered,))
async def create(request: web.Request) -> web.Response:
    """Create a one-time link."""
    body = await read_json(request, LinkBody)
    answer = await create_link(request.app[SERVICES], request[CALLER], body)
    return respond_created(answer, f"{request.path}/{answer.id}")


@operation("link_batch", MadeLinksView, body=BatchBody, status=201, refuses=(OneTimeNotOffered,))
async def create_batch(request: web.Request) -> web.Response:
    """Create a one-time link for each of many people, all or none."""
    body = await read_json(request, BatchBody)
    answer = await create_link_batch(request.app[SERVICES], request[CALLER], body)
    return respond_created(answer, "/api/v1/links")


@operation("link_get", LinkView)
async def get(request: web.Request) -> web.Response:
    """Show a link with its timeline."""
    answer = await read_link(request.app[SERVICES], request[CALLER])
    return respond_json(answer)


@operation("link_update", LinkView, body=LinkPatch)
async def update(request: web.Request) -> web.Response:
    """Change when a link expires, its note, what cancelling does."""
    patch = await read_json(request, LinkPatch)
    answer = await update_link(request.app[SERVICES], request[CALLER], patch)
    return respond_json(answer)


@operation("link_revoke", LinkView, refuses=(LinkHasBooking,))
async def revoke(request: web.Request) -> web.Response:
    """Withdraw a link."""
    await refuse_fields(request)
    answer = await revoke_link(request.app[SERVICES], request[CALLER])
    return respond_json(answer)


@operation("link_reactivate", LinkView, refuses=(LinkHasBooking,))
async def reactivate(request: web.Request) -> web.Response:
    """Lift a revocation, or free a link whose bookings are all cancelled."""
    await refuse_fields(request)
    answer = await reactivate_link(request.app[SERVICES], request[CALLER])
    return respond_json(answer)


@operation("link_email", LinkView, body=LinkMailBody, status=201, refuses=(LinkNotMailable, MailNotSetUp))
async def email(request: web.Request) -> web.Response:
    """Email a personalised link to its person, or remind them of it."""
    body = await read_json(request, LinkMailBody)
    answer = await email_link(request.app[SERVICES], request[CALLER], body.kind)
    return respond_created(answer, f"/api/v1/links/{answer.id}")
