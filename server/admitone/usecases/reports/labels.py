"""The words by which people know the keys of reports: titles and names for ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.reports.figures import OTHER
from admitone.texts.message import message
from admitone.usecases.shared.slugs import PAGE_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from admitone.domain.reports.figures import Dimension
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
    wanted = [(kind, key) for kind in _KINDS[dimension] for key in keys]
    found = {record.id: record for record in await snapshot.load(*wanted) if record is not None}
    return {key: _name(found[key]) if key in found else DELETED[dimension] for key in keys}


def _name(record: object) -> str:
    """A page's title, or the name of anything else."""
    name: str = getattr(record, "title", None) or getattr(record, "name")  # noqa: B009
    return name
