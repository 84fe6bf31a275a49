"""What becomes of a contact that is written: merging, and its events (docs/rules/contacts.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.contacts.contact import MOST_DIFFERENT_TAGS, MOST_FIELDS, MOST_TAGS, tag_of
from admitone.domain.errors import FieldError
from admitone.domain.event import Event
from admitone.domain.text import kept_name
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from admitone.domain.contacts.contact import Contact, ContactDetails

TEXTS = ("first_name", "last_name", "phone")
CODES = ("timezone", "locale")


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """What the events of a change say of its cause: see the fields of `Event`."""

    at: int
    by: str
    workflow: str | None = None
    run: str | None = None
    depth: int = 0


def merged(contact: Contact, details: ContactDetails) -> Contact:
    """The contact after `details`: what is given replaces, tags are added, and an empty field is removed."""
    given: dict[str, Any] = {
        name: kept_name(value) for name in TEXTS if (value := getattr(details, name)) is not None
    }
    given |= {name: value for name in CODES if (value := getattr(details, name)) is not None}
    given["tags"] = kept_tags([*contact.tags, *details.tags])
    given["fields"] = kept_fields({**contact.fields, **details.fields})
    return msgspec.structs.replace(contact, **given)


def kept_tags(tags: Iterable[str]) -> Sequence[str]:
    """Tags as contacts hold them, each once."""
    return tuple(dict.fromkeys(map(tag_of, tags)))


def kept_fields(fields: Mapping[str, str]) -> Mapping[str, str]:
    """Custom fields as contacts hold them: empty ones are none."""
    return {name: text for name, value in fields.items() if (text := kept_name(value))}


def size_problems(prefix: str, contact: Contact) -> list[FieldError]:
    """The errors in the number of a contact's tags and fields, those that it had before included."""
    found: list[FieldError] = []
    if len(contact.tags) > MOST_TAGS:
        told = message("A contact has at most %(most)s tags.", most=MOST_TAGS)
        found.append(FieldError(f"{prefix}tags", told))
    if len(contact.fields) > MOST_FIELDS:
        told = message("A contact has at most %(most)s custom fields.", most=MOST_FIELDS)
        found.append(FieldError(f"{prefix}fields", told))
    return found


def different_tags_told() -> str:
    """Why a contact cannot get a tag that no contact has yet."""
    return message(
        "The contacts of a workspace have at most %(most)s different tags.",
        most=MOST_DIFFERENT_TAGS,
    )


def contact_events(before: Contact | None, after: Contact, cause: Cause) -> list[Event]:
    """The events of writing a contact: that it was created or changed, and each tag that is new to it."""
    said = {"contact": after.id, **msgspec.structs.asdict(cause)}
    had = () if before is None else before.tags
    events = [Event(type="contact.tagged", tag=tag, **said) for tag in after.tags if tag not in had]
    if before is None:
        return [Event(type="contact.created", **said), *events]
    is_changed = msgspec.structs.replace(after, tags=()) != msgspec.structs.replace(before, tags=())
    if is_changed or set(had) - set(after.tags):
        return [Event(type="contact.updated", **said), *events]
    return events
