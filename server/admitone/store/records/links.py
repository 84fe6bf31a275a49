"""Writes links: one typed function for each script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.budgets import BOOKINGS_OF_LINK
from admitone.domain.imports.file_import import LISTED_FOR
from admitone.store.records.audience import page_owner
from admitone.store.records.documents import event_text, link_fields, link_members
from admitone.store.records.operations import RESEND_LIFETIME, Operation, new_operation
from admitone.store.records.readers import read_customers
from admitone.store.records.reports.counting import link_figure, new_link_part, new_links

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from admitone.domain.event import Event
    from admitone.domain.links.link import Link
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.store.redis.script_header import KeyNames
    from admitone.store.store import ScriptAnswer, Store

REQUEST_PAUSE = 600
"""Seconds after a request for the manage link within which more requests for the same link do nothing."""


async def create_links(
    snapshot: Snapshot,
    links: Sequence[Link],
    events: Sequence[Event],
    *,
    created: int,
    day: date,
    operation: Operation | None,
    kept: str | None,
    file: str | None = None,
) -> ScriptAnswer:
    """Create links of one page for one user, unless the configuration used has changed.

    `created` is in epoch microseconds, `day` that of reports; for `kept` see `keep_answer`. `file` is the id
    of the import for whose people the links are.
    """
    store, workspace = snapshot.store, snapshot.workspace
    keys = store.keys(workspace)
    counting = new_links(keys, links, day)
    return await store.call_in(
        workspace,
        "link_create",
        {
            **counting.keys,
            "page_links": keys.page_links(links[0].page),
            "user_links": keys.user_links(links[0].created_by),
            "operation": keys.operation(operation.id) if operation and kept is not None else None,
            "new_links": [keys.link(link.id) for link in links],
            "file_links": keys.imported_links(file) if file else None,
        },
        {
            **counting.arguments,
            "created": created,
            "links": [new_link(store, workspace, *each, day) for each in zip(links, events, strict=True)],
            "counter": snapshot.counter,
            "owner": await page_owner(snapshot, links[0].page),
            "uses": snapshot.uses,
            "operation": kept if operation else None,
            "lifetime": operation.lifetime if operation else RESEND_LIFETIME,
            "listed": LISTED_FOR if file else None,
        },
    )


def new_link(
    store: Store, workspace: str, link: Link, event: Event, day: date, workflow: str | None = None
) -> dict[str, Any]:
    """The argument for a new link: include/new_link.lua.

    Reports count it under `day`, and for the `workflow` that made it.
    """
    expires = {} if link.expires_at is None else {"expires": link.expires_at}
    return {
        **new_link_part(link, day, workflow),
        "id": link.id,
        "fields": link_fields(link, workspace, store.sealer),
        "words": link_members(link),
        "event": event_text(event),
        **expires,
    }


async def revoke_link(store: Store, workspace: str, link: str, event: Event, now: int) -> ScriptAnswer:
    """Revoke a link."""
    return await _change(store, workspace, "link_revoke", link, event, {"now": now})


async def reactivate_link(store: Store, workspace: str, link: Link, event: Event) -> ScriptAnswer:
    """Reactivate a revoked link, or a booked link if all its bookings, as they were read, are cancelled."""
    names = store.keys(workspace)
    bookings = list(link.bookings)
    keys = {"booking": [names.booking(booking) for booking in bookings]}
    arguments = {"bookings": bookings, "most": BOOKINGS_OF_LINK}
    return await _change(store, workspace, "link_reactivate", link.id, event, arguments, keys)


async def update_link(
    store: Store, workspace: str, link: Link, event: Event, values: Mapping[str, Any]
) -> ScriptAnswer:
    """Write the fields in `values` to the link as it was read; a field with the value None is removed."""
    before, after = set[str](), set[str]()
    if "note" in values:
        changed = msgspec.structs.replace(link, note=values["note"] or "")
        customers = (await read_customers(store, workspace, [link]))[link.id]
        before, after = set(link_members(link, customers)), set(link_members(changed, customers))
    arguments = {
        "note": link.note,
        "bookings": list(link.bookings),
        "words": sorted(after - before),
        "dropped": sorted(before - after),
        "set": [part for name, value in values.items() if value is not None for part in (name, str(value))],
        "unset": [name for name, value in values.items() if value is None],
    }
    return await _change(store, workspace, "link_update", link.id, event, arguments)


async def mail_link(
    store: Store, workspace: str, link: str, event: Event, now: int, *, operation: Operation, kept: str
) -> ScriptAnswer:
    """Record that the link is mailed to its person; for `kept` see `keep_answer`."""
    keys = store.keys(workspace)
    return await store.call_in(
        workspace,
        "link_mail",
        {
            "link": keys.link(link),
            "history": keys.link_history(link),
            "operation": keys.operation(operation.id),
        },
        {"now": now, "event": event_text(event), "operation": kept, "lifetime": operation.lifetime},
    )


async def open_link(store: Store, workspace: str, link: Link, event: Event, now: int) -> ScriptAnswer:
    """Record that a person, not a mail scanner, opened the page of the link."""
    keys = store.keys(workspace)
    counting = link_figure(keys, link, "opened", "to_open", now)
    return await store.call_in(
        workspace,
        "link_opened",
        {"link": keys.link(link.id), **counting.keys},
        {"now": now, "event": event_text(event), **counting.arguments},
    )


async def say_expired(
    store: Store, workspace: str, link: str, event: Event, *, expires: int, now: int
) -> ScriptAnswer:
    """Announce that the link has expired, if it still expires at `expires`."""
    keys = {"link": store.keys(workspace).link(link)}
    arguments = {"now": now, "link": link, "expires": expires, "event": event_text(event)}
    return await store.call_in(workspace, "link_expire", keys, arguments)


async def request_manage_link(store: Store, workspace: str, link: str, event: Event | None) -> ScriptAnswer:
    """Request the mail with the manage link, by `event`.

    With `event=None`, do equal work so that timing reveals nothing.
    """
    keys = store.keys(workspace)
    return await store.call_in(
        workspace,
        "manage_link_request",
        {"link": keys.link(link), "requested": keys.link_requested(link)},
        {"event": event_text(event) if event else None, "lifetime": REQUEST_PAUSE},
    )


async def _change(
    store: Store,
    workspace: str,
    script: str,
    link: str,
    event: Event,
    arguments: Mapping[str, Any],
    keys: KeyNames | None = None,
) -> ScriptAnswer:
    """Call a script that changes a link; `keys` and `arguments` are those of this script."""
    names, operation = store.keys(workspace), new_operation()
    return await store.call_in(
        workspace,
        script,
        {
            "link": names.link(link),
            "history": names.link_history(link),
            "operation": names.operation(operation.id),
            **(keys or {}),
        },
        {
            "link": link,
            "event": event_text(event),
            "operation": "",
            "lifetime": operation.lifetime,
            **arguments,
        },
    )
