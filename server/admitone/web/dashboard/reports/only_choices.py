"""What a report can be about: the pages, event types, hosts, channels and workflows to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.people.user_names import names_apart
from admitone.usecases.reports.labels import CHANNELS, labels
from admitone.usecases.shared.records import all_stored
from admitone.web.dashboard.pages.page_names import all_pages
from admitone.web.dashboard.reports.words import KINDS

if TYPE_CHECKING:
    from admitone.domain.reports.figures import Dimension
    from admitone.usecases.shared.services import Caller, Services


class Choices(msgspec.Struct, frozen=True):
    """Choices of one kind: values of `only` in the address, with their names."""

    title: str
    options: list[tuple[str, str]]


async def only_choices(
    services: Services, caller: Caller, chosen: tuple[Dimension, str] | None
) -> list[Choices]:
    """What exists now, by kind, and what is `chosen`: a domain, or what was deleted."""
    known: dict[Dimension, dict[str, str]] = {
        "page": {page.id: page.title for page in await all_pages(services, caller)},
        "event_type": {each.id: each.name for each in await all_stored(services, caller, "event_type")},
        "host": names_apart(await all_stored(services, caller, "user")),
        "channel": dict(CHANNELS),
        "workflow": {each.id: each.draft.name for each in await all_stored(services, caller, "workflow")},
        "domain": {},
    }
    if chosen is not None:
        dimension, key = chosen
        if key not in known[dimension]:
            known[dimension] |= await labels(caller.snapshot, dimension, [key])
    return [
        Choices(KINDS[kind], [(f"{kind}:{key}", name) for key, name in known[kind].items()])
        for kind in KINDS
        if known[kind]
    ]


def chosen_name(choices: list[Choices], chosen: tuple[Dimension, str] | None) -> str | None:
    """The name of what is chosen, None if nothing is."""
    if chosen is None:
        return None
    names = {value: name for each in choices for value, name in each.options}
    return names[":".join(chosen)]
