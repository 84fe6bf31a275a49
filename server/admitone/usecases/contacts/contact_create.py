"""Write contacts by the API: one, or a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.contacts.contact_check import contact_address
from admitone.usecases.contacts.contact_merge import MergedContact, Writer, merge_contact, merge_contacts
from admitone.usecases.contacts.contact_read import existing_contact
from admitone.usecases.contacts.contact_view import ContactView, MergedView, view_contact
from admitone.usecases.shared.record_writes import earlier_answer

if TYPE_CHECKING:
    from admitone.domain.contacts.contact import ContactBatch, ContactBody
    from admitone.usecases.shared.services import Caller, Services


async def create_contact(services: Services, caller: Caller, body: ContactBody) -> tuple[ContactView, bool]:
    """The contact as it is after the call, and whether it is new.

    A second call with the same Idempotency-Key writes nothing; then, raises NotFound if the contact was
    deleted meanwhile. Raises Invalid, IdempotencyKeyReused, Busy.
    """
    earlier = earlier_answer(services, caller, list[MergedContact])
    found = earlier[0] if earlier else await merge_contact(services, caller.workspace, body, _writer(caller))
    contact = await existing_contact(services, caller.workspace, found.id)
    return await view_contact(services, caller.workspace, contact), found.result == "created"


async def create_contact_batch(services: Services, caller: Caller, body: ContactBatch) -> list[MergedView]:
    """Create or merge all contacts of the batch, or none; raises Invalid, IdempotencyKeyReused, Busy."""
    found = earlier_answer(services, caller, list[MergedContact])
    if found is None:
        found = await merge_contacts(services, caller.workspace, body.contacts, _writer(caller))
    return [
        MergedView(merged.id, contact_address(services, entry.email) or "", merged.result)
        for merged, entry in zip(found, body.contacts, strict=True)
    ]


def _writer(caller: Caller) -> Writer:
    return Writer(by=caller.user.id, operation=caller.operation)
