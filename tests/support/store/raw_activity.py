"""Entries of the activity, written past the scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.store.records.documents import event_text
from tests.support.factories import WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.event import Event
    from admitone.store.store import Store


async def add_entries(store: Store, events: Iterable[Event], audience: str | None = "") -> list[str]:
    """Add entries that concern the users in `audience`; None writes them as before there was an audience.

    Returns their ids.
    """
    concerned: dict[Any, Any] = {} if audience is None else {"for": audience}
    async with store.client.pipeline(transaction=False) as pipeline:
        for event in events:
            pipeline.xadd(store.keys(WORKSPACE).activity, {"event": event_text(event), **concerned})
        return [entry.decode() for entry in await pipeline.execute()]
