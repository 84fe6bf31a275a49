"""Cases of the scripts of contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.store.records.contacts.contacts import ContactChange, delete_contact
from admitone.store.records.operations import keep_answer, keyed_operation
from tests.support.factories import SEALER, WORKSPACE, a_contact, an_event
from tests.support.store.actions import put_contact, try_write_contacts
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

CONTACTS = Cases()


@CONTACTS.add(
    "contacts_write",
    "jobs activity contacts contact_words contact_tags field_counts operation records tagged",
)
async def create_a_contact_and_change_another(store: Store) -> Act:
    before = await put_contact(store, first_name="Ann", tags=("old", "kept"), fields={"company": "Bär"})
    after = msgspec.structs.replace(
        before, email="ann@elsewhere.test", first_name="Anna", tags=("kept", "new"), fields={}
    )
    fresh = a_contact(email="bärbel@customer.test", last_name="Bär", tags=("new", "lead"))
    operation = keyed_operation("caller", "key", b"body")
    kept = keep_answer(operation, [fresh.id], SEALER)
    changes = [ContactChange(None, fresh, [an_event("contact.created")]), ContactChange(before, after)]
    return lambda: try_write_contacts(store, *changes, operation=operation, kept=kept)


@CONTACTS.add(
    "contact_delete", "contact jobs activity contacts contact_words contact_tags field_counts tagged"
)
async def delete_a_contact(store: Store) -> Act:
    await put_contact(store, tags=("lead",))
    contact = await put_contact(store, first_name="Ann", tags=("lead", "old"), fields={"company": "Bär"})
    event = an_event("contact.deleted", contact=contact.id)
    return lambda: delete_contact(store, WORKSPACE, contact, event)


@CONTACTS.add("contact_delete", "contact jobs activity contacts contact_words erasure")
async def delete_a_contact_for_an_erasure(store: Store) -> Act:
    contact = await put_contact(store, last_name="Bär")
    event = an_event("contact.deleted", contact=contact.id)
    return lambda: delete_contact(store, WORKSPACE, contact, event, erasure="erasure")
