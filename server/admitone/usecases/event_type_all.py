"""All event types of a workspace, for lists that are not read in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_list import ListQuery, list_config

if TYPE_CHECKING:
    from admitone.domain.event_type import EventType
    from admitone.usecases.services import Caller, Services

AT_ONCE = 200


async def all_event_types(services: Services, caller: Caller) -> list[EventType]:
    """Every event type, oldest first."""
    found: list[EventType] = []
    cursor: str | None = None
    while True:
        part = await list_config(services, caller, "event_type", ListQuery(limit=AT_ONCE, cursor=cursor))
        found += part.items
        cursor = part.next_cursor
        if cursor is None:
            return found
