"""Event types: `/api/v1/event-types`."""

from __future__ import annotations

from admitone.usecases.pages.event_types import EVENT_TYPES
from admitone.web.api.records import record_handlers

list_, create, get, update, delete = record_handlers(
    EVENT_TYPES, "event_type", one="an event type", many="event types"
)
