"""What is missing or wrong in the trigger of a workflow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from admitone.domain.contacts.contact import FIELD_NAME, VALUE, tag_problems
from admitone.domain.errors import FieldError
from admitone.domain.text import line_problems
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admitone.domain.workflows.known import Known
    from admitone.domain.workflows.trigger import Filters, Trigger

MAPPED: Final = ("email", "first_name", "last_name", "phone", "timezone", "locale", "tags")
"""The contact's details that a hook's data can be mapped to, besides `fields.<name>`."""
MOST_MAPPED = 60


def trigger_problems(trigger: Trigger, known: Known) -> Iterator[FieldError]:
    """The errors in a trigger, such as at `trigger.days`."""
    if trigger.kind == "link.not_booked":
        if trigger.days is None:
            yield FieldError("trigger.days", message("Say after how many days."))
    elif trigger.days is not None:
        yield FieldError("trigger.days", message("Only for links that are not booked."))
    if trigger.kind == "hook":
        yield from _map_problems(trigger)
    elif trigger.map is not None:
        yield FieldError("trigger.map", message("Only for inbound hooks."))
    if trigger.filters is not None:
        yield from _filter_problems(trigger, trigger.filters, known)


def _map_problems(trigger: Trigger) -> Iterator[FieldError]:
    mapped = trigger.map or {}
    if not mapped.get("email", "").strip():
        yield FieldError("trigger.map.email", message("Choose which of the received data is the address."))
    if len(mapped) > MOST_MAPPED:
        yield FieldError("trigger.map", message("At most %(most)s fields.", most=MOST_MAPPED))
        return
    for name, place in mapped.items():
        field = name.removeprefix("fields.")
        if name not in MAPPED and not (field != name and re.fullmatch(FIELD_NAME, field)):
            yield FieldError(f"trigger.map.{name}", message("A contact has no such field."))
        elif name != "email":
            yield from line_problems(f"trigger.map.{name}", place)


def _filter_problems(trigger: Trigger, filters: Filters, known: Known) -> Iterator[FieldError]:
    has_page = trigger.kind.startswith(("link.", "booking."))
    for name, things in (("page", known.pages), ("event_type", known.event_types)):
        wanted: str | None = getattr(filters, name)
        if wanted is None:
            continue
        if not has_page:
            sentence = message("Only for triggers about links and bookings.")
            yield FieldError(f"trigger.filters.{name}", sentence)
        elif wanted not in things:
            yield FieldError(f"trigger.filters.{name}", message("This does not exist any more."))
    if filters.tag is not None:
        yield from tag_problems("trigger.filters.tag", filters.tag)
    if filters.field is not None:
        yield from line_problems("trigger.filters.field.is", filters.field.value, most=VALUE)
