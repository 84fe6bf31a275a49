"""The names of what can happen, for the filter of the activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.webhooks.webhook import EVENTS
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.event import EventKind

NAMES: Mapping[EventKind, str] = {
    **EVENTS,
    "booking.reassigned": message("A booking gets another host"),
    "config.created": message("A record is created"),
    "config.deleted": message("A record is deleted"),
    "config.updated": message("A record is changed"),
    "contact.deleted": message("A contact is deleted"),
    "contact.resubscribed": message("A contact subscribes again"),
    "contact.unsubscribed": message("A contact unsubscribes"),
    "contact.updated": message("A contact is changed"),
    "contacts.imported": message("Contacts are imported"),
    "invitation.created": message("A colleague is invited"),
    "link.emailed": message("A link is emailed to its person"),
    "link.reactivated": message("A link is reactivated"),
    "link.reminded": message("A person is reminded of their link"),
    "link.updated": message("A link is changed"),
    "manage_link.requested": message("A customer asks for their manage link"),
    "workspace.created": message("The workspace is set up"),
}


def _group(*prefixes: str) -> dict[EventKind, str]:
    return {kind: name for kind, name in sorted(NAMES.items()) if kind.partition(".")[0] in prefixes}


GROUPS: tuple[tuple[str, Mapping[EventKind, str]], ...] = (
    (message("Links"), _group("link", "manage_link")),
    (message("Bookings"), _group("booking")),
    (message("Contacts"), _group("contact", "contacts")),
    (message("Workflows"), _group("workflow")),
    (message("Workspace"), _group("config", "invitation", "workspace")),
)
"""The kinds by what they are about."""
