"""Whether there is something in the activity that the caller has not seen yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.activity.entry import is_entry_id, order_of
from admitone.domain.errors import invalid
from admitone.store.records.activity import note_seen, read_marked, write_seen
from admitone.texts.message import message
from admitone.usecases.activity.activity_list import shown_to

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The entry up to which the caller has seen the activity."""

    id: str


NEWEST = 30
"""Entries that are looked at: the mark is read with every room of the dashboard."""


async def read_mark(services: Services, caller: Caller) -> tuple[str, bool]:
    """The id of the last entry that the caller has seen, and whether there is a newer one by others."""
    is_shown = await shown_to(caller)
    mark, newest = await read_marked(services.store, caller.workspace, caller.user.id, NEWEST)
    seen = order_of(mark)
    return mark, any(
        order_of(entry.id) > seen and entry.event.by != caller.user.id and is_shown(entry) for entry in newest
    )


async def see_newest(services: Services, caller: Caller, entry: str) -> None:
    """Note that the caller was shown the entries up to this one; it may be lost, and may fail."""
    await note_seen(services.store, caller.workspace, caller.user.id, entry)


async def mark_seen(services: Services, caller: Caller, entry: str) -> None:
    """Note that the caller has seen the entries up to this one; the mark never goes back. Raises Invalid."""
    if not is_entry_id(entry):
        raise invalid("id", message("This is not the id of an entry."))
    await write_seen(services.store, caller.workspace, caller.user.id, entry)
