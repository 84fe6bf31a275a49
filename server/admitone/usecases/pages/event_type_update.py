"""Change an event type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.pages.event_type import EventType, EventTypeBody
from admitone.usecases.pages.event_type_view import EventTypeView, view_event_type
from admitone.usecases.shared.config_change import existing, patched, refuse, replace_record
from admitone.usecases.shared.services import refreshed, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.usecases.shared.services import Caller, Services


async def update_event_type(
    services: Services,
    caller: Caller,
    record_id: str,
    patch: Mapping[str, Any],
    convert: Callable[[object, type[EventTypeBody]], EventTypeBody],
) -> EventTypeView:
    """Apply a merge patch; `convert` makes a body of a document. Raises NotFound, Invalid."""

    async def attempt() -> EventType | None:
        nonlocal caller
        before: EventType = await existing(caller, "event_type", record_id)
        body = convert(patched(before, EventTypeBody, _replacing_window(before, patch)), EventTypeBody)
        refuse(body.problems())
        record = EventType(**msgspec.structs.asdict(body), id=before.id, created_at=before.created_at)
        if await replace_record(services, caller, "event_type", record):
            return record
        caller = await refreshed(caller)
        return None

    return view_event_type(services, await settle(attempt))


def _replacing_window(before: EventType, patch: Mapping[str, Any]) -> Mapping[str, Any]:
    """The patch, in which a window of another kind takes the place of the one that was there.

    Merged with it (RFC 7396), it would have the fields of both and could never be valid.
    """
    window, old = patch.get("window"), msgspec.to_builtins(before.window)
    if not isinstance(window, dict) or old is None or window.get("kind") in (None, old["kind"]):
        return patch
    return {**patch, "window": {**dict.fromkeys(old), **window}}
