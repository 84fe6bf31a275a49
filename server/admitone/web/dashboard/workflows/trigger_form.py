"""The form of a trigger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.contacts.contact import FIELD_NAME
from admitone.domain.errors import FieldError
from admitone.domain.workflows.trigger import Filters
from admitone.texts.message import count_message, message
from admitone.web.dashboard.workflows.words import TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.workflows.trigger import Trigger
    from admitone.web.dashboard.sent_form import SentForm

DETAILS: Mapping[str, str] = {
    "email": message("Email address"),
    "first_name": message("First name"),
    "last_name": message("Last name"),
    "phone": message("Phone"),
    "timezone": message("Time zone"),
    "locale": message("Language"),
    "tags": message("Tags"),
}
"""What an inbound hook's data can say of a contact, besides custom fields."""
FIELD = "fields."
NO_FIELD_NAME = message("Small letters, digits and _, beginning with a letter.")
_EMPTY_ROWS = 2


class FieldRow(msgspec.Struct, frozen=True):
    """A custom field, and its place in the data that a hook receives."""

    name: str = ""
    at: str = ""


def trigger_sentences(trigger: Trigger, titles: Mapping[str, str]) -> list[str]:
    """What lets a contact enter, then a sentence for each filter; `titles` are names by id."""
    found = [_entering(trigger)]
    filters = trigger.filters or Filters()
    if filters.page:
        found.append(message("Page: %(page)s", page=titles.get(filters.page, filters.page)))
    if filters.event_type:
        name = titles.get(filters.event_type, filters.event_type)
        found.append(message("Event type: %(event_type)s", event_type=name))
    if filters.tag:
        found.append(message("Tag: %(tag)s", tag=filters.tag))
    if filters.field:
        found.append(
            message("Field %(field)s: %(value)s", field=filters.field.name, value=filters.field.value)
        )
    return found


def _entering(trigger: Trigger) -> str:
    if trigger.days:
        return count_message(
            "A one-time link is not booked within %(count)s day",
            "A one-time link is not booked within %(count)s days",
            count=trigger.days,
        )
    return TRIGGERS[trigger.kind]


def trigger_values(trigger: Trigger) -> dict[str, Any]:
    """The values that the form shows."""
    filters, places = trigger.filters, trigger.map or {}
    field = filters.field if filters else None
    return {
        "kind": trigger.kind,
        "page": (filters and filters.page) or "",
        "event_type": (filters and filters.event_type) or "",
        "tag": (filters and filters.tag) or "",
        "field.name": field.name if field else "",
        "field.value": field.value if field else "",
        "days": trigger.days or 3,
        **{f"map.{detail}": places.get(detail, "") for detail in DETAILS},
        "fields": [
            *(
                FieldRow(name.removeprefix(FIELD), at)
                for name, at in places.items()
                if name.startswith(FIELD)
            ),
            *[FieldRow()] * _EMPTY_ROWS,
        ],
    }


def sent_fields(sent: SentForm) -> list[FieldRow]:
    """The rows of custom fields as they were sent."""
    return [
        FieldRow(sent.text(f"map.field.{place}.name"), sent.text(f"map.field.{place}.at"))
        for place in sent.places("map.field")
    ]


def read_trigger(sent: SentForm, before: Trigger) -> dict[str, Any]:
    """The merge patch that turns the trigger `before` into what the form says."""
    kind = sent.text("kind")
    has_page = kind.startswith(("link.", "booking."))
    name = sent.text("field.name")
    if kind == "manual":  # filters do not count where somebody chooses the contacts
        return {"kind": kind, "filters": None, "days": None, "map": None}
    if name and not re.fullmatch(FIELD_NAME, name):
        sent.problems.append(FieldError("trigger.filters.field.name", NO_FIELD_NAME))
    return {
        "kind": kind,
        "filters": {
            "page": (has_page and sent.text("page")) or None,
            "event_type": (has_page and sent.text("event_type")) or None,
            "tag": sent.text("tag") or None,
            "field": {"name": name, "is": sent.text("field.value")} if name else None,
        },
        "days": sent.number("days", required=True) if kind == "link.not_booked" else None,
        "map": _map(sent, before) if kind == "hook" else None,
    }


def _map(sent: SentForm, before: Trigger) -> dict[str, str | None]:
    """Where each detail is found in the data; null for one that was mapped before."""
    found: dict[str, str | None] = dict.fromkeys(before.map or ())
    found |= {detail: at for detail in DETAILS if (at := sent.text(f"map.{detail}"))}
    return found | {f"{FIELD}{row.name}": row.at for row in sent_fields(sent) if row.name and row.at}
