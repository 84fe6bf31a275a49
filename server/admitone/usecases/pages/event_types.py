"""Event types as a kind of configuration record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.instant import Instant  # noqa: TC001 - msgspec resolves the annotation
from admitone.domain.pages.event_type import EventType, EventTypeBody, EventTypeValues
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.shared.bodies import refuse
from admitone.usecases.shared.records import RecordKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.usecases.shared.services import Caller, Services


class EventTypeView(EventTypeValues, frozen=True, kw_only=True):
    """What was written, with defaults; `increment_minutes` is the one in force."""

    id: str
    url: str
    created_at: Instant


async def _check(
    _services: Services, _caller: Caller, body: EventTypeValues, _before: EventType | None
) -> EventTypeValues:
    refuse(body.problems())
    return body


def _replacing_window(before: EventType, patch: Mapping[str, Any]) -> Mapping[str, Any]:
    """The patch, changed so that a window of another kind replaces the window before it.

    RFC 7396 would merge the two: the result would have the fields of both kinds and could never be valid.
    """
    window, old = patch.get("window"), msgspec.to_builtins(before.window)
    if not isinstance(window, dict) or old is None or window.get("kind") in (None, old["kind"]):
        return patch
    return {**patch, "window": {**dict.fromkeys(old), **window}}


EVENT_TYPES = RecordKind(
    kind="event_type",
    body=EventTypeValues,
    new_body=EventTypeBody,
    record=EventType,
    view=EventTypeView,
    path=lambda event_type: f"/api/v1/event-types/{event_type.id}",
    check=_check,
    amend_patch=_replacing_window,
    shown=lambda record: {"increment_minutes": record.increment_minutes or record.duration_minutes},
    refuse_breaking=refuse_breaking,
)
"""Members read them, administrators write them. Only deleting one can make links unavailable."""
