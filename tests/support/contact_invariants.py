"""What must hold of contacts in Redis: every index, word and count equals a recount from the contacts."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from admitone.store.records.search_words import fold
from admitone.store.records.word_index import entry_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.raw_database import Workspace


def check_contacts(workspace: Workspace) -> Iterator[str]:
    """Each violation as a sentence."""
    contacts = workspace.records("contact")
    for contact, fields in contacts.items():
        if missing := {"email", "created", "v"} - fields.keys():
            yield f"contact {contact} lacks {missing}"
    addresses = Counter(fields.get("email") for fields in contacts.values())
    if twice := [email for email, count in addresses.items() if count > 1]:
        yield f"several contacts have {twice}"
    if workspace.sets.get("contacts", {}).keys() != contacts.keys():
        yield f"contacts are {sorted(contacts)}, and listed {sorted(workspace.sets.get('contacts', {}))}"
    yield from _words(workspace, contacts)
    yield from _tags(workspace, contacts)
    yield from _fields(workspace, contacts)


def _words(workspace: Workspace, contacts: dict[str, dict[str, str]]) -> Iterator[str]:
    words = workspace.sets.get("contacts:words", {})
    found: dict[str, set[str]] = defaultdict(set)
    for entry in (entry_of(member.encode()) for member in words):
        found[entry.id].add(entry.word)
    if strange := found.keys() - contacts.keys():
        yield f"words are of {strange}, which are no contacts"
    for contact, fields in contacts.items():
        email = fields.get("email", "")
        mine = found[contact]
        if {word for word in mine if "@" in word and not word.endswith(" ")} != {email}:
            yield f"contact {contact} has the address {email}, and the words {mine}"
        for name in fold(f"{fields.get('first', '')} {fields.get('last', '')}").split()[:8]:
            if "@" not in name and not any(word.startswith(name) for word in mine):
                yield f"contact {contact} is not found by {name}"


def _tags(workspace: Workspace, contacts: dict[str, dict[str, str]]) -> Iterator[str]:
    listed = workspace.sets.get("contacts", {})
    tags: dict[str, dict[str, float]] = {}
    for contact, fields in contacts.items():
        for name in fields:
            if name.startswith("t:"):
                tags.setdefault(name[2:], {})[contact] = listed.get(contact, -1)
    if workspace.under("contacts:tag:") != tags:
        yield f"contacts have the tags {tags}, and listed {workspace.under('contacts:tag:')}"
    counts = {tag: int(count) for tag, count in workspace.hashes.get("contacts:tags", {}).items()}
    if counts != {tag: len(members) for tag, members in tags.items()}:
        yield f"contacts have the tags {tags}, and counted {counts}"


def _fields(workspace: Workspace, contacts: dict[str, dict[str, str]]) -> Iterator[str]:
    """Contacts that were written before custom fields were counted may be missing in the counts."""
    had = Counter(name[2:] for fields in contacts.values() for name in fields if name.startswith("f:"))
    counted = workspace.sets.get("contacts:fields", {})
    if any(not 0 < count <= had[name] for name, count in counted.items()):
        yield f"contacts have the custom fields {dict(had)}, and counted {counted}"
