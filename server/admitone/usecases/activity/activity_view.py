"""An entry of the activity as the API shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.activity.entry import ActorKind, actor_kind
from admitone.domain.event import EventKind
from admitone.domain.instant import Instant
from admitone.usecases.activity.names import read_names
from admitone.usecases.activity.sentences import actor_name, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.activity.entry import Entry
    from admitone.domain.date_text import DateText
    from admitone.usecases.activity.names import Names
    from admitone.usecases.shared.services import Caller, Services


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who or what did it: `id` is that of a user or of a workflow; `name` is null for what has none now."""

    kind: ActorKind
    id: str | None
    name: str | None


class ActivityView(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened. `text` says it in a sentence, with names as they are now.

    `link`, `booking`, `page`, `contact` and `workflow` are the ids of what it is about, as far as the caller
    may see that and it has not been deleted.
    """

    id: str
    at: Instant
    kind: EventKind
    by: Actor
    text: str
    link: str | None
    booking: str | None
    page: str | None
    contact: str | None
    workflow: str | None


async def view_entries(
    services: Services, caller: Caller, entries: Sequence[Entry], clock: DateText
) -> list[ActivityView]:
    """The views of entries that the caller may see, in the same order; `clock` writes the dates."""
    if not entries:
        return []
    names = await read_names(services, caller, entries)
    return [_view(entry, names, clock) for entry in entries]


def _view(entry: Entry, names: Names, clock: DateText) -> ActivityView:
    event = entry.event
    booking, link, contact = names.booking(event), names.link(event), names.contact(event)
    kind = actor_kind(event)
    return ActivityView(
        id=entry.id,
        at=Instant(event.at),
        kind=event.type,
        by=Actor(
            kind=kind,
            id={"user": event.by, "workflow": event.workflow, "program": event.workflow}.get(kind),
            name=actor_name(event, names),
        ),
        text=sentence(entry, names, clock),
        link=link.id if link else None,
        booking=booking.id if booking else None,
        page=entry.page if entry.page in names.pages else None,
        contact=contact.id if contact else None,
        workflow=entry.workflow if entry.workflow in names.workflows else None,
    )
