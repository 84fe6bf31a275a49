"""What an inbound hook receives, and how it becomes a contact (docs/rules/hooks.md).

Data are any JSON object, or the fields of a form. A *place* in them is a path of names and numbers with dots
between, such as `customer.mail` or `items.0.email`.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.contacts.contact import MOST_TAGS, VALUE, ContactBody
from admitone.domain.text import kept_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

MOST_PLACES = 1000
"""Places of one event at most; those nearest to the top come first."""
MOST_ITEMS = 50
"""Items of one list at most, so that a long list leaves room for what comes after it."""
LONGEST_PLACE = 200
"""Characters of a place; what lies deeper is ignored."""
_TEXTS = frozenset({"first_name", "last_name", "phone", "timezone", "locale"})
_LINES = _TEXTS | {"email"}
FIELDS = "fields."
"""How the names of custom fields begin in `Trigger.map`."""
_FIELD = re.compile(r"fields\.[a-z][a-z0-9_]{0,39}")
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")


def places_in(data: Mapping[str, Any]) -> dict[str, str]:
    """The values by their places, as texts; no value is null, an object or a list.

    A place that two ways lead to has the value nearest to the top.
    """
    found: dict[str, str] = {}
    waiting = deque(_below("", dict(data)))
    while waiting and len(found) < MOST_PLACES:
        place, value = waiting.popleft()
        if isinstance(value, dict | list):
            waiting.extend(_below(f"{place}.", value))
        elif value is not None:
            found.setdefault(place, _text(value))
    return found


def contact_in(places: Mapping[str, str], mapping: Mapping[str, str]) -> ContactBody:
    """The contact that `mapping` (`Trigger.map`) finds: places by detail. `email` is empty if none is there.

    Values are one line each. Custom fields are cut at their longest length; nothing else is checked.
    """
    found: dict[str, Any] = {
        detail: value
        for detail, place in mapping.items()
        if detail in _LINES and (value := _line(places.get(place, "")))
    }
    fields = {
        detail.removeprefix(FIELDS): value[:VALUE]
        for detail, place in mapping.items()
        if _FIELD.fullmatch(detail) and (value := _line(places.get(place, "")))
    }
    tags = list(_tags(places, mapping["tags"])) if "tags" in mapping else []
    return ContactBody(**{"email": "", **found}, tags=tags[:MOST_TAGS], fields=fields)


def without(body: ContactBody, fields: AbstractSet[str]) -> ContactBody:
    """The contact without the details at these fields, such as `phone`, `tags.2` or `fields.company`."""
    return msgspec.structs.replace(
        body,
        **dict.fromkeys(fields & _TEXTS, None),
        tags=[tag for place, tag in enumerate(body.tags) if f"tags.{place}" not in fields],
        fields={name: value for name, value in body.fields.items() if f"{FIELDS}{name}" not in fields},
    )


def _below(prefix: str, value: dict[str, Any] | list[Any]) -> Iterator[tuple[str, Any]]:
    """The items of an object, or the first ones of a list, with their places if these are not too long."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value[:MOST_ITEMS])
    for name, inner in pairs:
        place = f"{prefix}{name}"
        if len(place) <= LONGEST_PLACE:
            yield place, inner


def _text(value: object) -> str:
    """A value as a person writes it: JSON's `true` and `1.5`, a text as it is."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _line(text: str) -> str:
    """A text in one line, without blanks around it."""
    return kept_name(_BLANKS.sub(" ", text))


def _tags(places: Mapping[str, str], place: str) -> Iterator[str]:
    """Tags in a list, or in one text with commas between."""
    listed = [places[one] for number in range(MOST_TAGS) if (one := f"{place}.{number}") in places]
    for text in listed or places.get(place, "").split(","):
        if tag := _line(text.replace(",", " ")):
            yield tag
