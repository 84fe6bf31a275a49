"""The sentence that says an event: each kind has one, for the API, the dashboard and the stream.

A name stands where no language declines it: at the beginning, or in brackets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.activity.entry import NOBODY_KNOWN, actor_kind
from admitone.texts.message import count_message, message, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.domain.activity.entry import Entry
    from admitone.domain.date_text import DateText
    from admitone.domain.event import Event, EventKind
    from admitone.usecases.activity.names import Names

SENTENCES: Mapping[EventKind, str] = {
    "booking.cancelled": message("%(who)s cancelled a booking (%(booking)s)."),
    "booking.completed": message("A booking is over (%(booking)s)."),
    "booking.no_show": message("%(who)s recorded a no-show (%(booking)s)."),
    "booking.no_show_undone": message("%(who)s took a no-show back (%(booking)s)."),
    "booking.reassigned": message("%(who)s gave a booking of %(gave)s to %(took)s (%(booking)s)."),
    "booking.rescheduled": message("%(who)s moved a booking to %(start)s (%(booking)s)."),
    "booking.scheduled": message("%(who)s booked a time (%(booking)s)."),
    "config.created": message("%(who)s created a record (%(record)s)."),
    "config.deleted": message("%(who)s deleted a record (%(record)s)."),
    "config.updated": message("%(who)s changed a record (%(record)s)."),
    "contact.created": message("%(who)s added a contact (%(contact)s)."),
    "contact.deleted": message("%(who)s deleted a contact."),
    "contact.resubscribed": message("A contact subscribed again (%(contact)s)."),
    "contact.tagged": message("%(who)s added the tag %(tag)s to a contact (%(contact)s)."),
    "contact.unsubscribed": message("A contact unsubscribed (%(contact)s)."),
    "contact.updated": message("%(who)s changed a contact (%(contact)s)."),
    "invitation.created": message("%(who)s invited a colleague."),
    "link.created": message("%(who)s made a link (%(link)s)."),
    "link.emailed": message("%(who)s emailed a link to its person (%(link)s)."),
    "link.expired": message("A link expired (%(link)s)."),
    "link.opened": message("%(who)s opened a link (%(link)s)."),
    "link.reactivated": message("%(who)s reactivated a link (%(link)s)."),
    "link.reminded": message("%(who)s reminded a person of their link (%(link)s)."),
    "link.revoked": message("%(who)s revoked a link (%(link)s)."),
    "link.updated": message("%(who)s changed a link (%(link)s)."),
    "manage_link.requested": message("%(who)s asked for their manage link again (%(booking)s)."),
    "workflow.entered": message("A contact entered the workflow %(workflow)s (%(contact)s)."),
    "workflow.failed": message("A step of the workflow %(workflow)s failed (%(contact)s)."),
    "workflow.finished": message("A contact came to the end of the workflow %(workflow)s (%(contact)s)."),
    "workflow.published": message("%(who)s published the workflow %(workflow)s."),
    "workflow.stopped": message("The workflow %(workflow)s stopped for a contact (%(contact)s)."),
    "workflow.unpublished": message("%(who)s unpublished the workflow %(workflow)s."),
    "workspace.created": message("%(who)s set up the workspace."),
}
"""By kind of event; that of `contacts.imported` has a number and stands below. Others are not shown."""
CREATED = message("A contact was added (%(contact)s).")
"""In its own history, which does not know by whom."""
SYSTEM = "Admit One"
RECORDS: Mapping[str, str] = {
    "api_key": phrase("API key"),
    "booking_page": phrase("Booking page"),
    "calendar_feed": phrase("Calendar feed"),
    "event_type": phrase("Event type"),
    "hook": phrase("Inbound hook"),
    "invitation": phrase("Invitation"),
    "mail_template": phrase("Mail template"),
    "master_page": phrase("Master page"),
    "pool": phrase("Pool"),
    "settings": phrase("Workspace settings"),
    "user": phrase("User"),
    "webhooks": phrase("Webhooks"),
    "workflow": phrase("Workflow"),
}
"""What the records of each kind are called."""


def is_told(event: Event) -> bool:
    """Whether the activity shows events of this kind."""
    return event.type in SENTENCES or event.type == "contacts.imported"


def sentence(entry: Entry, names: Names, clock: DateText) -> str:
    """What happened, as a message; `clock` writes the dates in it."""
    event = entry.event
    if event.type == "contacts.imported":
        return count_message(
            "%(who)s imported %(count)s contact.",
            "%(who)s imported %(count)s contacts.",
            count=event.count or 0,
            who=_who(event, names),
        )
    values: dict[str, Callable[[], str]] = {
        "who": lambda: _who(event, names),
        "gave": lambda: _user(event.gave, names),
        "took": lambda: _user(event.took, names),
        "start": lambda: clock.day_and_time(event.start or 0, year=True),
        "booking": lambda: _booking(event, names, clock),
        "link": lambda: _link(event, names),
        "contact": lambda: _contact(event, names),
        "workflow": lambda: names.workflows.get(event.workflow or "", phrase("(deleted)")),
        "tag": lambda: event.tag or "",
        "record": lambda: _record(entry, names),
    }
    text = CREATED if event.by == NOBODY_KNOWN else SENTENCES[event.type]
    return message(text, **{name: value() for name, value in values.items() if f"%({name})s" in text})


def actor_name(event: Event, names: Names) -> str | None:
    """The name of the user, customer or workflow that did it; None if they have none (any more)."""
    kind = actor_kind(event)
    if kind == "user":
        return names.users.get(event.by)
    if kind == "customer":
        return _customer(event, names)
    return names.workflows.get(event.workflow or "") if kind in {"workflow", "program"} else None


def _who(event: Event, names: Names) -> str:
    unnamed = {
        "user": phrase("A former user"),
        "customer": phrase("A customer"),
        "system": SYSTEM,
        "workflow": phrase("A workflow"),
        "program": phrase("A program"),
    }
    return actor_name(event, names) or unnamed[actor_kind(event)]


def _user(user: str | None, names: Names) -> str:
    return names.users.get(user or "", phrase("a former user"))


def _customer(event: Event, names: Names) -> str | None:
    """The name of the customer, or of the person of their link."""
    booking, link, contact = names.booking(event), names.link(event), names.contact(event)
    if booking is not None:
        return booking.data.name
    if event.booking is None and link is not None:
        return link.name or link.email
    return (contact.name or contact.email) if contact else None


def _booking(event: Event, names: Names, clock: DateText) -> str:
    """The customer, the page and the start, unless the sentence itself has them."""
    booking = names.booking(event)
    if booking is None:
        return names.pages.get(event.page or "", phrase("deleted"))
    parts = [booking.data.name] if event.type != "booking.scheduled" else []
    parts.append(names.pages.get(booking.page, phrase("a deleted page")))
    if event.type != "booking.rescheduled":
        start = booking.start if event.start is None else event.start
        parts.append(clock.day_and_time(start, year=True))
    return _listed(parts)


def _link(event: Event, names: Names) -> str:
    link = names.link(event)
    if link is None:
        return phrase("deleted")
    page, person = names.pages.get(link.page, phrase("a deleted page")), link.name or link.email
    return _listed([person, page] if person else [page])


def _contact(event: Event, names: Names) -> str:
    contact = names.contact(event)
    return (contact.name or contact.email) if contact else phrase("deleted")


def _record(entry: Entry, names: Names) -> str:
    """The kind of a configuration record, and its name if it has one."""
    kind, _ = entry.record
    said, record = RECORDS.get(kind, phrase("Record")), names.records.get(entry.record)
    draft = getattr(record, "draft", record)
    name = next((text for field in ("title", "name", "label") if (text := getattr(draft, field, ""))), "")
    return message("%(kind)s: %(name)s", kind=said, name=name) if name else said


def _listed(parts: list[str]) -> str:
    """The parts, with commas between them."""
    said = parts[0]
    for part in parts[1:]:
        said = message("%(first)s, %(rest)s", first=said, rest=part)
    return said
