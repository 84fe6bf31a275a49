"""Delete a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.event import Event
from admitone.store.codes import Code
from admitone.store.records.contacts import contacts
from admitone.store.records.contacts.contacts import read_contacts
from admitone.usecases.contacts.contact_read import existing_contact
from admitone.usecases.runs.run_end_all import stop_runs_of
from admitone.usecases.shared.settle import settle_alone

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


async def delete_contact(services: Services, caller: Caller, contact_id: str) -> None:
    """Delete a contact; its links and bookings stay. Raises NotFound, Busy."""
    await existing_contact(services, caller.workspace, contact_id)
    await remove_contact(services, caller.workspace, contact_id, by=caller.user.id)


async def remove_contact(
    services: Services, workspace: str, contact_id: str, *, by: str, erasure: str | None = None
) -> None:
    """Delete a contact, unless it is gone; the `erasure` that this belongs to counts it. Raises Busy.

    Its runs end first: what names them goes with the contact.
    """
    await stop_runs_of(services, workspace, contact_id, "no_contact")

    async def attempt() -> bool | None:
        found = await read_contacts(services.store, workspace, [contact_id])
        if not found:
            return True
        event = Event(type="contact.deleted", at=services.now(), by=by, contact=contact_id)
        code = await contacts.delete_contact(services.store, workspace, found[0], event, erasure=erasure)
        return None if code is Code.MOVED else True

    await settle_alone(attempt)
