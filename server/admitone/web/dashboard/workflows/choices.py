"""What the forms of steps and triggers offer to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.people.user_names import names_apart
from admitone.usecases.accounts.users import active_users
from admitone.usecases.contacts.contact_read import usual_names
from admitone.usecases.pages.event_types import EVENT_TYPES
from admitone.usecases.pages.page_list import list_shared_pages
from admitone.usecases.shared.records import all_records, all_stored
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aiohttp import web

Choice = tuple[str, str]
"""An id, and the name that people read."""


class Choices(msgspec.Struct, frozen=True):
    """Pages, those that offer one-time links, event types, webhooks and users, by name.

    `tags` and `fields` are what contacts have already: other ones can be typed.
    """

    pages: Sequence[Choice]
    one_time: Sequence[Choice]
    event_types: Sequence[Choice]
    webhooks: Sequence[Choice]
    users: Sequence[Choice]
    tags: Sequence[str]
    fields: Sequence[str]

    @property
    def titles(self) -> dict[str, str]:
        """The name of each page, event type and webhook by its id."""
        return dict([*self.pages, *self.event_types, *self.webhooks])


async def read_choices(request: web.Request) -> Choices:
    """The choices of the caller's workspace."""
    services, caller = request.app[SERVICES], request[CALLER]
    pages = await list_shared_pages(services, caller)
    event_types = await all_records(services, caller, EVENT_TYPES)
    webhooks = await all_stored(services, caller, "webhook")
    users = await active_users(services, caller)
    tags, fields = await usual_names(services, caller)
    return Choices(
        pages=[(page.id, page.title) for page in pages],
        one_time=[(page.id, page.title) for page in pages if page.one_time],
        event_types=_by_name((each.id, each.name) for each in event_types),
        webhooks=_by_name((each.id, each.endpoint) for each in webhooks),
        users=_by_name(names_apart(users).items()),
        tags=tags,
        fields=fields,
    )


def _by_name(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda choice: choice[1].casefold())
