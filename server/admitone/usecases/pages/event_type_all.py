"""All event types of a workspace, for lists that are not read in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.shared.config_list import all_config

if TYPE_CHECKING:
    from admitone.domain.pages.event_type import EventType
    from admitone.usecases.shared.services import Caller, Services


async def all_event_types(services: Services, caller: Caller) -> list[EventType]:
    """Every event type, oldest first."""
    return await all_config(services, caller, "event_type")
