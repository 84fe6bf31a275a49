"""The words by which people know the keys of reports: titles and names for ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.pages.booking_page import BookingPage
from admitone.domain.pages.master_page import MasterPage
from admitone.domain.reports.figures import OTHER
from admitone.domain.workflows.workflow import Workflow
from admitone.texts.message import message
from admitone.usecases.shared.slugs import PAGE_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from admitone.domain.pages.event_type import EventType
    from admitone.domain.people.user import User
    from admitone.domain.reports.figures import Dimension, Figure
    from admitone.store.records.configuration.snapshot import Snapshot

CHANNELS: Mapping[str, str] = {
    "extension": message("Browser extension"),
    "addon": message("Gmail add-on"),
    "dashboard": message("Dashboard"),
    "api": message("API"),
    "workflow": message("Workflow"),
    "general": message("General link"),
}
"""The names of the channels by which links are made; bookings by a general link have none of these."""
DELETED: Mapping[Dimension, str] = {
    "page": message("A page that was deleted"),
    "event_type": message("An event type that was deleted"),
    "host": message("A user who was deleted"),
    "workflow": message("A workflow that was deleted"),
}
FIGURE_NAMES: Mapping[Figure, str] = {
    "made": message("Links made"),
    "fetched": message("Links fetched"),
    "opened": message("Links opened"),
    "booked": message("Links booked"),
    "scheduled": message("Bookings"),
    "rescheduled": message("Reschedules"),
    "cancelled": message("Cancellations"),
    "cancelled_after_start": message("Cancelled after the start"),
    "no_show": message("No-shows"),
    "completed": message("Completed bookings"),
}
"""The names of the figures, in the order in which they are shown."""
OTHERS = message("Other domains")
_KINDS: Mapping[Dimension, tuple[str, ...]] = {
    "page": PAGE_KINDS,
    "event_type": ("event_type",),
    "host": ("user",),
    "workflow": ("workflow",),
}


async def labels(snapshot: Snapshot, dimension: Dimension, keys: Collection[str]) -> dict[str, str]:
    """A label for each key of a dimension, in one trip at most; messages where it is not a name."""
    if dimension == "channel":
        return {key: CHANNELS.get(key, key) for key in keys}
    if dimension == "domain":
        return {key: OTHERS if key == OTHER else key for key in keys}
    names = await record_names(snapshot, dimension, keys)
    return {key: names.get(key, DELETED[dimension]) for key in keys}


async def record_names(snapshot: Snapshot, dimension: Dimension, keys: Iterable[str]) -> dict[str, str]:
    """The titles of pages, or names of event types, users or workflows, by id, without deleted ones."""
    wanted = [(kind, key) for key in dict.fromkeys(keys) for kind in _KINDS[dimension]]
    return {record.id: _name(record) for record in await snapshot.load(*wanted) if record is not None}


def _name(record: BookingPage | MasterPage | EventType | User | Workflow) -> str:
    if isinstance(record, Workflow):
        return record.draft.name
    return record.title if isinstance(record, BookingPage | MasterPage) else record.name
