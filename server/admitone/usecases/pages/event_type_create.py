"""Create an event type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.pages.event_type import EventType
from admitone.usecases.pages.event_type_view import view_event_type
from admitone.usecases.shared.config_change import create_record, earlier_answer, refuse
from admitone.usecases.shared.services import new_id

if TYPE_CHECKING:
    from admitone.domain.pages.event_type import EventTypeBody
    from admitone.usecases.shared.services import Caller, Services


async def create_event_type(services: Services, caller: Caller, body: EventTypeBody) -> Any:
    """The new event type's view; raises Invalid, IdempotencyKeyReused."""
    if (earlier := earlier_answer(services, caller)) is not None:
        return earlier
    refuse(body.problems())
    record = EventType(**msgspec.structs.asdict(body), id=new_id(), created_at=services.now())
    return await create_record(services, caller, "event_type", record, view_event_type(services, record))
