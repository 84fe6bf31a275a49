"""What the forms of records say, for each kind of record.

Each text is a whole message: in other languages the words around a noun depend on it.
"""

from __future__ import annotations

import msgspec

from admitone.texts.message import message


class RecordTexts(msgspec.Struct, frozen=True, kw_only=True):
    """The texts of one kind."""

    new: str
    edit: str
    create: str
    refused: str
    delete_this: str
    delete: str


RECORD_TEXTS = {
    "booking_page": RecordTexts(
        new=message("New page"),
        edit=message("Edit page"),
        create=message("Create page"),
        refused=message("The page was not saved."),
        delete_this=message("Delete this page"),
        delete=message("Delete page"),
    ),
    "event_type": RecordTexts(
        new=message("New event type"),
        edit=message("Edit event type"),
        create=message("Create event type"),
        refused=message("The event type was not saved."),
        delete_this=message("Delete this event type"),
        delete=message("Delete event type"),
    ),
    "master_page": RecordTexts(
        new=message("New master page"),
        edit=message("Edit master page"),
        create=message("Create master page"),
        refused=message("The master page was not saved."),
        delete_this=message("Delete this master page"),
        delete=message("Delete master page"),
    ),
    "pool": RecordTexts(
        new=message("New pool"),
        edit=message("Edit pool"),
        create=message("Create pool"),
        refused=message("The pool was not saved."),
        delete_this=message("Delete this pool"),
        delete=message("Delete pool"),
    ),
}
"""By the kind's name in the store."""
