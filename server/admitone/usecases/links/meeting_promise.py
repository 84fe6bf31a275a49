"""Whether customers are promised a Google Meet link before they book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.google.scopes import writes_events
from admitone.store.records.credentials.google_connections import read_connections

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.links.target import Target
    from admitone.domain.pages.event_type import EventType
    from admitone.usecases.shared.services import Services


async def promised_meetings(
    services: Services, workspace: str, target: Target, event_types: Iterable[EventType]
) -> frozenset[str]:
    """The event types with a Meet link whoever of the target's possible hosts organises the booking.

    At most one trip; none unless the place of one is Google Meet.
    """
    hosts = {
        each.id: {candidate.owner.id for candidate in target.places[each.id][0].candidates}
        for each in event_types
        if each.location.kind == "google_meet"
    }
    users = sorted(set().union(*hosts.values()))
    if services.google is None or not users:
        return frozenset()
    connections = await read_connections(services.store, workspace, users)
    able = {one.user for one in connections if one and not one.needs_reconnect and writes_events(one.scopes)}
    return frozenset(event_type for event_type, owners in hosts.items() if owners <= able)
