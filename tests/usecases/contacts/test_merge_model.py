"""Whatever is written in whatever order, contacts are what a plain model says."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.contacts.contact import ContactBody
from admitone.domain.errors import ContactExists
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.contacts.contacts import read_contacts
from admitone.store.records.index import read_index
from admitone.usecases.contacts.contact_merge import Writer, merge_contacts
from admitone.usecases.contacts.contact_update import update_contact
from admitone.usecases.personal_data.contact_delete import remove_contact
from admitone.usecases.shared.services import Caller, Services
from tests.support.factories import NOW, WORKSPACE, a_user
from tests.support.invariants import check_invariants
from tests.support.sizes import size
from tests.support.store.actions import a_store, empty
from tests.support.store.examples import examples

if TYPE_CHECKING:
    from admitone.store.store import Store

EMAILS = st.sampled_from(["ann@c.test", "ANN@c.test", "bob@c.test", "änn@c.test", "annabel@c.test"])
NAMES = st.sampled_from(["", "Ann", "Änn", "Bob", "ann@c.test", "Ann Bob"])
TAGS = st.lists(st.sampled_from(["a", "A", "b", "c"]), max_size=3)
FIELDS = st.dictionaries(st.sampled_from(["x", "y"]), st.sampled_from(["", "1", "2"]), max_size=2)
BODIES = st.builds(
    ContactBody,
    email=EMAILS,
    first_name=NAMES | st.none(),
    last_name=NAMES | st.none(),
    tags=TAGS,
    fields=FIELDS,
)
PATCHES = st.fixed_dictionaries(
    {}, optional={"email": EMAILS, "first_name": NAMES | st.none(), "tags": TAGS, "fields": FIELDS}
)
MERGE = st.tuples(st.just("merge"), st.lists(BODIES, min_size=1, max_size=3))
PATCH = st.tuples(st.just("patch"), st.tuples(EMAILS, PATCHES))
DELETE = st.tuples(st.just("delete"), EMAILS)


class Model:
    """Contacts by address, as plain dicts."""

    def __init__(self) -> None:
        self.contacts: dict[str, dict[str, Any]] = {}

    def merge(self, body: ContactBody) -> None:
        """What POST does with one contact."""
        contact = self.contacts.setdefault(
            body.email.casefold(), {"first_name": "", "last_name": "", "tags": [], "fields": {}}
        )
        for name in ("first_name", "last_name"):
            if getattr(body, name) is not None:
                contact[name] = getattr(body, name)
        self._put(contact, [*contact["tags"], *body.tags], contact["fields"] | body.fields)

    def patch(self, email: str, patch: dict[str, Any]) -> bool:
        """What PATCH does; whether it is allowed."""
        new = patch.get("email", email).casefold()
        if new != email and new in self.contacts:
            return False
        contact = self.contacts.pop(email)
        contact["first_name"] = patch.get("first_name", contact["first_name"]) or ""
        self._put(contact, patch.get("tags", contact["tags"]), contact["fields"] | patch.get("fields", {}))
        self.contacts[new] = contact
        return True

    def _put(self, contact: dict[str, Any], tags: list[str], fields: dict[str, str]) -> None:
        contact["tags"] = list(dict.fromkeys(tag.casefold() for tag in tags))
        contact["fields"] = {name: value for name, value in fields.items() if value}


async def contacts_of(store: Store) -> dict[str, dict[str, Any]]:
    """All contacts, by address."""
    entries = await read_index(
        store, store.keys(WORKSPACE).contacts, after=None, limit=100, newest_first=True
    )
    found = await read_contacts(store, WORKSPACE, [entry.id for entry in entries])
    shown = ("id", "first_name", "last_name", "tags", "fields")
    return {
        contact.email: {name: getattr(contact, name) for name in shown} | {"tags": list(contact.tags)}
        for contact in found
    }


@given(acts=st.lists(MERGE | PATCH | DELETE, max_size=12))
@examples(size(400, 40))
async def test_contacts_are_as_the_model_says(redis_url: str, acts: list[tuple[str, Any]]) -> None:
    model = Model()
    async with a_store(redis_url) as store:
        await empty(store)
        services = Services(store=store, now=lambda: NOW, public_url="", test_addresses=True)
        for kind, what in acts:
            known = await contacts_of(store)
            if kind == "merge":
                await merge_contacts(services, WORKSPACE, what, Writer(by="user"))
                for body in what:
                    model.merge(body)
            elif kind == "patch" and (email := what[0].casefold()) in known:
                caller = Caller(await read_snapshot(store, WORKSPACE, Wanted()), a_user())
                is_allowed = model.patch(email, what[1])
                with suppress(*(() if is_allowed else (ContactExists,))):
                    await update_contact(services, caller, known[email]["id"], what[1])
            elif kind == "delete" and (email := what.casefold()) in known:
                await remove_contact(services, WORKSPACE, known[email]["id"], by="user")
                del model.contacts[email]
            there = await contacts_of(store)
            assert {email: one | {"id": ""} for email, one in there.items()} == {
                email: {"id": "", **one} for email, one in model.contacts.items()
            }
        assert await check_invariants(store.client) == []
