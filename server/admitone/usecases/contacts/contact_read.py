"""Show one contact, and the tags and custom fields that contacts have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.errors import NotFound
from admitone.store.records.contacts.contacts import (
    count_contacts,
    read_contacts,
    read_fields,
    read_tags,
)
from admitone.usecases.contacts.contact_view import ContactView, TagsView, TagView, view_contact

if TYPE_CHECKING:
    from admitone.domain.contacts.contact import Contact
    from admitone.usecases.shared.services import Caller, Services

MOST_NAMES = 200


async def read_contact(services: Services, caller: Caller, contact_id: str) -> ContactView:
    """The contact; raises NotFound."""
    contact = await existing_contact(services, caller.workspace, contact_id)
    return await view_contact(services, caller.workspace, contact)


async def list_tags(services: Services, caller: Caller) -> TagsView:
    """The tags that contacts have."""
    found = await read_tags(services.store, caller.workspace)
    return TagsView([TagView(tag, count) for tag, count in found.items()])


async def count_everyone(services: Services, caller: Caller) -> int:
    """How many contacts the workspace has."""
    return await count_contacts(services.store, caller.workspace)


async def usual_names(services: Services, caller: Caller) -> tuple[list[str], list[str]]:
    """For choosers: the tags and the custom fields that most contacts have, sorted.

    Up to `MOST_NAMES` of each.
    """
    store, workspace = services.store, caller.workspace
    tags = await read_tags(store, workspace)
    usual = sorted(tags, key=lambda tag: (-tags[tag], tag))[:MOST_NAMES]
    return sorted(usual), sorted(await read_fields(store, workspace, MOST_NAMES))


async def existing_contact(services: Services, workspace: str, contact_id: str) -> Contact:
    """The contact with this id, which may be any text; raises NotFound."""
    found = (
        await read_contacts(services.store, workspace, [contact_id]) if tokens.is_record(contact_id) else []
    )
    if not found:
        raise NotFound
    return found[0]
