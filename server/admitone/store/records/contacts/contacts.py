"""Reads and writes contacts.

A contact is one small hash: `email`, `created` and `v` (its version), what else is known of it, `t:<tag>`
for each tag (its place among them) and `f:<name>` for each custom field; so its values mostly stay short
enough to be stored packed. `booked` and `w:<workflow>` are notes of other scripts, which raise no version.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.contacts.contact import MOST_DIFFERENT_TAGS, Contact
from admitone.domain.event import Event
from admitone.store.records.documents import event_text, text_map
from admitone.store.records.search_words import fold, words_of
from admitone.store.records.word_index import entry_of, exact_word, word_members
from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from collections.abc import Collection

    from admitone.store.codes import Code
    from admitone.store.records.operations import Operation
    from admitone.store.store import ScriptAnswer, Store

MOST_COUNTED = 1000
"""Custom fields at most that one write of contacts counts."""
TEXTS = {"first": "first_name", "last": "last_name", "phone": "phone", "zone": "timezone", "lang": "locale"}
"""The field of the hash for each text of a contact."""


class ContactChange(msgspec.Struct, frozen=True):
    """A contact before and after a change, None where there is none; `events` go into the outbox."""

    before: Contact | None
    after: Contact | None
    events: Sequence[Event] = ()

    @property
    def id(self) -> str:
        """The contact's id."""
        contact = self.after or self.before
        assert contact
        return contact.id

    @property
    def tags(self) -> list[str]:
        """The tags that the contact gets or loses."""
        had, has = (set(contact.tags) if contact else set() for contact in (self.before, self.after))
        return sorted(had ^ has)


async def read_contacts(store: Store, workspace: str, ids: Sequence[str]) -> list[Contact]:
    """The contacts with these ids, in the same order; ids without a record are left out."""
    keys = store.keys(workspace)
    answers = await store.send(*(Command(("HGETALL", keys.contact(contact))) for contact in ids))
    found = [read_contact(contact, pairs) for contact, pairs in zip(ids, answers, strict=True)]
    return [contact for contact in found if contact is not None]


async def find_contact(store: Store, workspace: str, email: str) -> Contact | None:
    """The contact with this address, which is in its normal form."""
    return (await find_contacts(store, workspace, [email])).get(email.casefold())


async def find_contacts(store: Store, workspace: str, emails: Collection[str]) -> dict[str, Contact]:
    """The contacts with these addresses, by the casefolded address."""
    key = store.keys(workspace).contact_words
    answers = await store.send(*(address_lookup(key, email) for email in emails))
    contacts = await read_contacts(store, workspace, [found for one in answers if (found := found_id(one))])
    wanted = {email.casefold() for email in emails}
    return {contact.email: contact for contact in contacts if contact.email in wanted}


def address_lookup(contact_words: str, email: str) -> Command:
    """The command that finds the contact with this address; `found_id` reads its answer."""
    return exact_word(contact_words, email.casefold(), limit=1)


def found_id(answer: Sequence[bytes]) -> str | None:
    """The contact's id in the answer to `address_lookup`."""
    return entry_of(answer[0]).id if answer else None


def read_contact(contact_id: str, pairs: dict[bytes, bytes]) -> Contact | None:
    """The contact in the answer of HGETALL, or None if the hash holds no contact."""
    fields = {name: value.decode() for name, value in text_map(pairs).items()}
    if "email" not in fields:
        return None
    tags = [(int(place), name[2:]) for name, place in fields.items() if name.startswith("t:")]
    known: dict[str, Any] = {TEXTS[name]: value for name, value in fields.items() if name in TEXTS}
    return Contact(
        id=contact_id,
        email=fields["email"],
        created_at=int(fields["created"]),
        tags=tuple(tag for _, tag in sorted(tags)),
        fields={name[2:]: value for name, value in fields.items() if name.startswith("f:")},
        booked_at=int(fields["booked"]) if "booked" in fields else None,
        version=int(fields["v"]),
        **known,
    )


def words_of_contact(contact: Contact) -> list[str]:
    """The words by which a search finds a contact: its names, and its address.

    The exact address, in a word of its own, is what makes it unique: so no other word has an @, but for an
    address without its accents, which has a blank at its end. What begins the address needs no entry.
    """
    folded = fold(contact.email)
    names = [word for word in words_of(contact.name) if "@" not in word and not folded.startswith(word)]
    return [*names, contact.email] if folded == contact.email else [*names, contact.email, f"{folded} "]


def contact_members(contact: Contact) -> list[str]:
    """The contact's members of the word index."""
    return word_members(words_of_contact(contact), contact.created_at, contact.id)


async def write_contacts(
    store: Store,
    workspace: str,
    changes: Sequence[ContactChange],
    entries: Sequence[Event],
    *,
    created: int,
    operation: Operation,
    kept: str,
) -> ScriptAnswer:
    """Create and change up to 1,000 contacts, all or none; `entries` are for the activity stream.

    `created` is in epoch microseconds; for `kept` see `keep_answer`. MOVED if one of them has changed since
    it was read, or if a new address has become another contact's.
    """
    keys = store.keys(workspace)
    tags = sorted({tag for change in changes for tag in change.tags})
    return await store.call_in(
        workspace,
        "contacts_write",
        {
            "operation": keys.operation(operation.id),
            "records": [keys.contact(change.id) for change in changes],
            "tagged": [keys.tag_contacts(tag) for tag in tags],
        },
        {
            "most_tags": MOST_DIFFERENT_TAGS,
            "created": created,
            "changes": [change_argument(change, tags) for change in changes],
            "tags": tags,
            "fields": field_counts(changes),
            "entries": [event_text(event) for event in entries],
            "operation": kept,
            "lifetime": operation.lifetime,
        },
    )


async def delete_contact(
    store: Store, workspace: str, contact: Contact, event: Event, *, erasure: str | None = None
) -> Code:
    """Delete a contact; MOVED if it has changed since it was read."""
    keys, change = store.keys(workspace), ContactChange(contact, None)
    names = {
        "contact": keys.contact(contact.id),
        "erasure": keys.erasure(erasure) if erasure else None,
        "tagged": [keys.tag_contacts(tag) for tag in change.tags],
    }
    arguments = {
        "change": change_argument(change, change.tags),
        "tags": change.tags,
        "fields": field_counts([change]),
        "event": event_text(event),
        "erasure": erasure,
    }
    return (await store.call_in(workspace, "contact_delete", names, arguments)).code


async def count_contacts(store: Store, workspace: str, tag: str | None = None) -> int:
    """How many contacts the workspace has, or those with a tag."""
    keys = store.keys(workspace)
    [count] = await store.send(Command(("ZCARD", keys.tag_contacts(tag) if tag else keys.contacts)))
    return int(count)


async def read_tags(store: Store, workspace: str) -> dict[str, int]:
    """How many contacts have each tag."""
    [pairs] = await store.send(Command(("HGETALL", store.keys(workspace).contact_tags)))
    return {tag: int(count) for tag, count in sorted(text_map(pairs).items())}


async def read_fields(store: Store, workspace: str, most: int) -> list[str]:
    """The custom fields that contacts have: `most` of them, those that most contacts have first."""
    key = store.keys(workspace).field_counts
    [names] = await store.send(Command(("ZRANGE", key, 0, most - 1, "REV")))
    return [name.decode() for name in names]


def field_counts(changes: Sequence[ContactChange]) -> list[tuple[str, int]]:
    """The argument `fields` of a script that includes contact_fields.lua.

    Of the fields that more contacts have, the most usual `MOST_COUNTED`: a thousand contacts may have 50,000.
    Fewer contacts have a field only where a single one is written.
    """
    found: Counter[str] = Counter()
    for change in changes:
        found.update(change.after.fields.keys() if change.after else ())
        found.subtract(change.before.fields.keys() if change.before else ())
    fewer = [(name, by) for name, by in found.items() if by < 0]
    return [*fewer, *((name, by) for name, by in found.most_common(MOST_COUNTED) if by > 0)]


def change_argument(change: ContactChange, tags: Sequence[str]) -> dict[str, Any]:
    """The argument of a script that includes contact.lua; `tags` are all tags that its call names."""
    before, after = change.before, change.after
    had, has = (_fields(contact) if contact else {} for contact in (before, after))
    known, wanted = (contact_members(contact) if contact else [] for contact in (before, after))
    places = {tag: place for place, tag in enumerate(tags, 1)}
    argument = {
        "id": change.id,
        "version": before.version if before else 0,
        "set": [part for name, value in has.items() if had.get(name) != value for part in (name, value)],
        "unset": [name for name in had if name not in has],
        "words": [word for word in wanted if word not in known],
        "dropped": [word for word in known if word not in wanted],
        "tagged": [places[tag] for tag in change.tags if f"t:{tag}" in has],
        "untagged": [places[tag] for tag in change.tags if f"t:{tag}" in had],
        "events": [event_text(event) for event in change.events],
    }
    if after is not None and (before is None or before.email != after.email):
        argument["address"] = after.email
    return argument


def _fields(contact: Contact) -> dict[str, str]:
    """The fields of a contact's hash that a change of it can write."""
    fields = {"email": contact.email, "created": str(contact.created_at)}
    fields |= {name: value for name, field in TEXTS.items() if (value := getattr(contact, field))}
    fields |= {f"t:{tag}": str(place) for place, tag in enumerate(contact.tags)}
    return fields | {f"f:{name}": value for name, value in contact.fields.items()}
