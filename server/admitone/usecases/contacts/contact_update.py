"""Change a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.contacts.contact import Contact, ContactValues
from admitone.domain.contacts.merge import Cause, contact_events, different_tags_told, kept_fields, kept_tags
from admitone.domain.errors import ContactExists, invalid
from admitone.domain.text import kept_name
from admitone.store.codes import Code
from admitone.store.records.contacts.contacts import ContactChange, find_contact, write_contacts
from admitone.store.records.operations import new_operation
from admitone.usecases.contacts.contact_check import contact_address, contact_problems
from admitone.usecases.contacts.contact_read import existing_contact
from admitone.usecases.contacts.contact_view import ContactView, view_contact
from admitone.usecases.shared.bodies import changed_body, refuse
from admitone.usecases.shared.record_writes import creation_order
from admitone.usecases.shared.settle import settle_alone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.usecases.shared.services import Caller, Services


async def update_contact(
    services: Services, caller: Caller, contact_id: str, patch: Mapping[str, Any]
) -> ContactView:
    """Apply a merge patch (RFC 7396); tags are replaced as a whole.

    Raises NotFound, Invalid, ContactExists if another contact has the new address, Busy.
    """
    operation = new_operation()

    async def attempt() -> Contact | None:
        before = await existing_contact(services, caller.workspace, contact_id)
        after = _changed(services, before, changed_body(before, ContactValues, patch))
        if after == before:
            return before
        if after.email != before.email and await find_contact(services.store, caller.workspace, after.email):
            raise ContactExists
        events = contact_events(before, after, Cause(at=services.now(), by=caller.user.id))
        answer = await write_contacts(
            services.store,
            caller.workspace,
            [ContactChange(before, after, events)],
            events,
            created=creation_order(),
            operation=operation,
            kept="",
        )
        if answer.code is Code.TOO_MANY:
            raise invalid("tags", different_tags_told())
        return None if answer.code is Code.MOVED else after

    return await view_contact(services, caller.workspace, await settle_alone(attempt))


def _changed(services: Services, before: Contact, values: ContactValues) -> Contact:
    """The contact with these values; raises Invalid."""
    refuse(contact_problems(services, "", values))
    return msgspec.structs.replace(
        before,
        email=contact_address(services, values.email) or before.email,
        first_name=kept_name(values.first_name),
        last_name=kept_name(values.last_name),
        phone=kept_name(values.phone),
        timezone=values.timezone,
        locale=values.locale,
        tags=kept_tags(values.tags),
        fields=kept_fields(values.fields),
    )
