"""Contacts: `/api/v1/contacts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.contacts.contact import ContactBatch, ContactBody, ContactValues
from admitone.domain.errors import ContactExists, NotFound
from admitone.usecases.contacts.contact_create import create_contact, create_contact_batch
from admitone.usecases.contacts.contact_list import ContactQuery, list_contacts
from admitone.usecases.contacts.contact_read import list_tags, read_contact
from admitone.usecases.contacts.contact_update import update_contact
from admitone.usecases.contacts.contact_view import ContactView, MergedView, TagsView
from admitone.usecases.personal_data.contact_delete import delete_contact
from admitone.usecases.shared.listing import Items, Listing
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import (
    no_content,
    query,
    read_json,
    read_patch,
    respond_created,
    respond_json,
)
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("contact_list", Listing[ContactView], query=ContactQuery)
async def list_(request: web.Request) -> web.Response:
    """List contacts, newest first."""
    answer = await list_contacts(request.app[SERVICES], request[CALLER], query(request, ContactQuery))
    return respond_json(answer)


@operation("contact_create", ContactView, body=ContactBody, status=201, or_status=200, refuses=(NotFound,))
async def create(request: web.Request) -> web.Response:
    """Create a contact, or merge into the one with this address (200)."""
    body = await read_json(request, ContactBody)
    answer, is_new = await create_contact(request.app[SERVICES], request[CALLER], body)
    return respond_created(answer, f"{request.path}/{answer.id}") if is_new else respond_json(answer)


@operation("contact_batch", Items[MergedView], body=ContactBatch)
async def create_batch(request: web.Request) -> web.Response:
    """Create or merge up to 1,000 contacts, all or none."""
    body = await read_json(request, ContactBatch)
    items = await create_contact_batch(request.app[SERVICES], request[CALLER], body)
    return respond_json(Items(items))


@operation("contact_tags", TagsView)
async def tags(request: web.Request) -> web.Response:
    """List the tags that contacts have."""
    return respond_json(await list_tags(request.app[SERVICES], request[CALLER]))


@operation("contact_get", ContactView)
async def get(request: web.Request) -> web.Response:
    """Show a contact."""
    answer = await read_contact(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return respond_json(answer)


@operation("contact_update", ContactView, patch=ContactValues, refuses=(ContactExists,))
async def update(request: web.Request) -> web.Response:
    """Change a contact."""
    contact, patch = request.match_info["id"], await read_patch(request)
    answer = await update_contact(request.app[SERVICES], request[CALLER], contact, patch)
    return respond_json(answer)


@operation("contact_delete")
async def delete(request: web.Request) -> web.Response:
    """Delete a contact; its links and bookings stay."""
    await delete_contact(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return no_content()
