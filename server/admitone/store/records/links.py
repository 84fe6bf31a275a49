"""What is written of links: one typed function for each script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.records.documents import link_fields
from admitone.store.records.operations import RESEND_LIFETIME, Operation, new_operation
from admitone.store.records.search_words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.event import Event
    from admitone.domain.links.link import Link
    from admitone.store.records.snapshot import Snapshot
    from admitone.store.store import Answer, Store

REQUEST_PAUSE = 600
"""Seconds after a request for the manage link in which further ones of the same link do nothing."""


async def create_links(
    snapshot: Snapshot,
    links: Sequence[Link],
    events: Sequence[Event],
    *,
    created: int,
    operation: Operation | None,
    kept: str | None,
) -> Answer:
    """Create links of one page by one user, unless configuration that was looked at has changed.

    `created` is epoch microseconds, `kept` see `keep_answer`.
    """
    store, workspace = snapshot.store, snapshot.workspace
    keys = store.keys(workspace)
    return await store.call(
        "link_create",
        [
            keys.config,
            keys.jobs,
            keys.activity,
            keys.counts,
            keys.links,
            keys.page_links(links[0].page),
            keys.user_links(links[0].created_by),
            keys.link_words,
            keys.operation(operation.id if operation else links[0].id),
            *(keys.link(link.id) for link in links),
        ],
        {
            "workspace": workspace,
            "created": created,
            "links": [new_link(store, workspace, *each) for each in zip(links, events, strict=True)],
            "counter": snapshot.counter,
            "uses": snapshot.uses,
            "operation": kept if operation else None,
            "lifetime": operation.lifetime if operation else RESEND_LIFETIME,
        },
    )


def new_link(store: Store, workspace: str, link: Link, event: Event) -> dict[str, Any]:
    """A link to be made, as scripts take it."""
    return {
        "id": link.id,
        "fields": link_fields(link, workspace, store.sealer),
        "words": words_of(link.name, link.email),
        "event": msgspec.json.encode(event).decode(),
    }


async def revoke_link(store: Store, workspace: str, link: str, event: Event, now: int) -> Answer:
    """Withdraw a link."""
    keys = store.keys(workspace)
    names = [keys.link(link), keys.link_history(link), keys.jobs, keys.activity, keys.counts]
    return await _change(store, "link_revoke", workspace, names, event, {"now": now})


async def reactivate_link(store: Store, workspace: str, link: Link, event: Event) -> Answer:
    """Lift a revocation, or free a link whose bookings, as they were read, are all cancelled."""
    keys = store.keys(workspace)
    names = [keys.link(link.id), keys.link_history(link.id), keys.jobs, keys.activity, keys.counts]
    bookings = list(link.bookings)
    more = [keys.booking(booking) for booking in bookings]
    return await _change(store, "link_reactivate", workspace, names, event, {"bookings": bookings}, more=more)


async def update_link(
    store: Store, workspace: str, link: str, event: Event, values: Mapping[str, Any]
) -> Answer:
    """Write the fields of `values`; those that are None are removed."""
    keys = store.keys(workspace)
    names = [keys.link(link), keys.link_history(link), keys.jobs, keys.activity]
    written = [part for name, value in values.items() if value is not None for part in (name, str(value))]
    removed = [name for name, value in values.items() if value is None]
    return await _change(store, "link_update", workspace, names, event, {"set": written, "unset": removed})


async def open_link(store: Store, workspace: str, link: str, event: Event, now: int) -> Answer:
    """Note that a person, not a scanner, looks at the link's page."""
    keys = store.keys(workspace)
    return await store.call(
        "link_opened",
        [keys.link(link), keys.jobs, keys.activity],
        {"now": now, "workspace": workspace, "event": msgspec.json.encode(event).decode()},
    )


async def say_expired(
    store: Store, workspace: str, link: str, event: Event, *, expires: int, now: int
) -> Answer:
    """Say that the link has expired at `expires`, as it was read."""
    keys = store.keys(workspace)
    return await store.call(
        "link_expire",
        [keys.link(link), keys.jobs, keys.activity],
        {
            "now": now,
            "expires": expires,
            "workspace": workspace,
            "event": msgspec.json.encode(event).decode(),
        },
    )


async def request_manage_link(store: Store, workspace: str, link: str, event: Event | None) -> Answer:
    """Ask for the mail that `event` tells of; without one, do the same work for nothing."""
    keys = store.keys(workspace)
    return await store.call(
        "manage_link_request",
        [keys.link(link), keys.link_requested(link), keys.jobs, keys.activity, keys.counts],
        {
            "workspace": workspace,
            "event": msgspec.json.encode(event).decode() if event else None,
            "lifetime": REQUEST_PAUSE,
        },
    )


async def _change(
    store: Store,
    script: str,
    workspace: str,
    names: Sequence[str],
    event: Event,
    arguments: Mapping[str, Any],
    *,
    more: Sequence[str] = (),
) -> Answer:
    operation = new_operation()
    return await store.call(
        script,
        [*names, store.keys(workspace).operation(operation.id), *more],
        {
            "workspace": workspace,
            "event": msgspec.json.encode(event).decode(),
            "operation": "",
            "lifetime": operation.lifetime,
            **arguments,
        },
    )
