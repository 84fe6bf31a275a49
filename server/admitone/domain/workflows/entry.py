"""Who enters a workflow: the trigger and its filters, on an event and a contact (docs/rules/workflows.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from admitone.domain.contacts.contact import tag_of

if TYPE_CHECKING:
    from admitone.domain.contacts.contact import Contact
    from admitone.domain.event import Event
    from admitone.domain.workflows.trigger import Trigger
    from admitone.domain.workflows.workflow import ActiveTrigger

HOOK: Final = "hook.received"
OF_ITSELF: Final = frozenset({"manual", "link.not_booked"})
"""Triggers that no event fires: somebody enrols contacts, or the workflow itself looks for them."""


def lets_enter(active: ActiveTrigger, event: Event, *, page: str | None, event_type: str | None) -> bool:
    """Whether the event fires the trigger, as far as the event tells; it is about `page` and `event_type`.

    Only events after publishing do. What the filters ask of the contact, `meets_filters` tells.
    """
    trigger = active.trigger
    if event.at < active.since or trigger.kind in OF_ITSELF:
        return False
    if trigger.kind == "hook":
        return event.type == HOOK and event.workflow == active.workflow
    if event.type != trigger.kind:
        return False
    filters = trigger.filters
    if filters is None:
        return True
    if trigger.kind == "contact.tagged" and filters.tag and tag_of(filters.tag) != event.tag:
        return False
    return filters.page in {None, page} and filters.event_type in {None, event_type}


def meets_filters(trigger: Trigger, contact: Contact) -> bool:
    """Whether the contact has the tag and the field that the filters ask for."""
    filters = trigger.filters
    if filters is None:
        return True
    wants_tag = filters.tag is not None and trigger.kind != "contact.tagged"
    if wants_tag and tag_of(filters.tag or "") not in contact.tags:
        return False
    field = filters.field
    return field is None or contact.fields.get(field.name, "").casefold() == field.value.casefold()


def changed_workflow(event: Event) -> str | None:
    """The id of the workflow that the event has published, unpublished, changed or deleted."""
    kind, _, record = (event.record or "").partition(":")
    return record if kind == "workflow" else None
