"""A contact: a person known to the workspace by an email address (docs/rules/contacts.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from admitone.domain.errors import FieldError
from admitone.domain.text import kept_name, line_problems, name_problems
from admitone.texts.message import message

MOST_TAGS = 50
MOST_FIELDS = 50
MOST_DIFFERENT_TAGS = 5000
"""Different tags of all contacts of a workspace at most: lists of tags are read whole."""
TAG = 50
"""Characters in a tag at most."""
PHONE = 50
MOST_LOCALE = 35
LOCALE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
"""A language tag (BCP 47) as far as its form goes: mails and times fall back to a language that we have."""
VALUE = 500
"""Characters in the value of a custom field at most."""

FIELD_NAME = r"^[a-z][a-z0-9_]{0,39}$"
FieldName = Annotated[str, Meta(pattern=FIELD_NAME)]
"""The name of a custom field, as templates write it: `contact.fields.<name>`."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A contact as it is stored; times are epoch seconds.

    `email` is normalised and casefolded: one address is one contact. Tags are casefolded, in the order in
    which they were added.
    """

    id: str
    email: str
    created_at: int
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    timezone: str | None = None
    locale: str | None = None
    tags: Sequence[str] = ()
    fields: Mapping[str, str] = {}
    booked_at: int | None = None
    """When this address last booked, by whatever link or page, since the contact exists."""
    version: int = 0
    """How often it was written: a script refuses what was decided on an earlier one. 0: not written yet."""

    @property
    def name(self) -> str:
        """First and last name, as far as they are known."""
        return f"{self.first_name} {self.last_name}".strip()


class ContactDetails(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes of a contact besides the address. What is left out stays as it is.

    Tags are added, and each given field replaces the one of its name.
    """

    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    timezone: str | None = None
    locale: str | None = None
    tags: Annotated[list[str], Meta(max_length=MOST_TAGS)] = []
    fields: dict[FieldName, str] = {}


class ContactBody(ContactDetails, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes to create a contact, or to merge into the one with this address."""

    email: str


class ContactValues(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All that a caller may change of a contact; tags and fields are all that it is to have."""

    email: str
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    timezone: str | None = None
    locale: str | None = None
    tags: Annotated[list[str], Meta(max_length=MOST_TAGS)] = []
    fields: dict[FieldName, str] = {}


class ContactBatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a caller writes to create or merge up to 1,000 contacts."""

    contacts: Annotated[list[ContactBody], Meta(min_length=1, max_length=1000)]


def tag_of(text: str) -> str:
    """A tag as records hold it: casefolded, without blanks around it and with single ones inside."""
    return " ".join(kept_name(text).casefold().split())


def typed_tags(text: str) -> list[str]:
    """The tags in a field of a form, where commas separate them: no tag has one."""
    return list(dict.fromkeys(tag for part in text.split(",") if (tag := tag_of(part))))


def tag_problems(field: str, text: str) -> list[FieldError]:
    """The errors in a tag: one line without commas, which separate tags in files and forms.

    What counts is the tag as records hold it: small letters can be more than the capitals.
    """
    if problems := line_problems(field, text, most=TAG) or line_problems(field, tag_of(text), most=TAG):
        return problems
    return [FieldError(field, message("A tag has no comma."))] if "," in text else []


def is_locale(text: str) -> bool:
    """Whether the text has the form of a language tag."""
    return len(text) <= MOST_LOCALE and re.fullmatch(LOCALE, text) is not None


def details_problems(prefix: str, details: ContactDetails | ContactValues) -> list[FieldError]:
    """The errors in names, phone, language, tags and fields; zones are checked where they are known."""
    found: list[FieldError] = []
    for name in ("first_name", "last_name"):
        value: str | None = getattr(details, name)
        if value:
            found += name_problems(f"{prefix}{name}", value)
    if details.phone:
        found += line_problems(f"{prefix}phone", details.phone, most=PHONE)
    if details.locale and not is_locale(details.locale):
        found.append(FieldError(f"{prefix}locale", message("Use a language tag such as en or pt-BR.")))
    for place, tag in enumerate(details.tags):
        found += tag_problems(f"{prefix}tags.{place}", tag)
    if len(details.fields) > MOST_FIELDS:
        found.append(
            FieldError(f"{prefix}fields", message("At most %(most)s custom fields.", most=MOST_FIELDS))
        )
    for name, value in details.fields.items():
        found += line_problems(f"{prefix}fields.{name}", value, most=VALUE, empty=True)
    return found
