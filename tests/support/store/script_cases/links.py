"""Cases of the scripts of links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.links import mail_link, open_link, request_manage_link, say_expired, update_link
from admitone.store.records.operations import keep_answer, keyed_operation
from tests.support.factories import HOUR, NOW, SEALER, WORKSPACE, a_booking_page, a_link, an_event
from tests.support.store.actions import (
    a_write,
    put_booking,
    put_link,
    put_records,
    read,
    the_link,
    try_cancel,
    try_create,
    try_reactivate,
    try_revoke,
)
from tests.support.store.script_cases.case import Act, Cases

if TYPE_CHECKING:
    from admitone.store.store import Store

LINKS = Cases()


@LINKS.add(
    "link_create",
    "jobs activity counts links page_links user_links expiring_links link_words operation new_links counters",
)
async def create_two_links_with_a_key(store: Store) -> Act:
    await put_link(store, name="Carla Customer", email="carla@customer.test")
    links = [a_link(name="Ann Bär", email="ann@customer.test", note="Hello"), a_link(event_type="event-type")]
    operation = keyed_operation("caller", "key", b"body")
    kept = keep_answer(operation, {"code": links[0].code}, SEALER)
    return lambda: try_create(store, *links, operation=operation, kept=kept)


@LINKS.add(
    "link_create", "jobs activity counts links page_links user_links expiring_links new_links counters"
)
async def create_a_link(store: Store) -> Act:
    await put_records(store, a_write("booking_page", a_booking_page(owner="paula")))
    link = a_link()
    return lambda: try_create(store, link)


@LINKS.add(
    "link_create",
    "jobs activity counts links page_links user_links expiring_links file_links new_links counters",
)
async def create_a_link_for_a_person_of_a_file(store: Store) -> Act:
    link = a_link()
    return lambda: try_create(store, link, file="0" * 16)


@LINKS.add("link_expire", "link jobs activity expired_links expiring_links")
async def let_a_link_expire_again(store: Store) -> Act:
    link = await put_link(store, expires_at=NOW - 1)
    event = an_event("link.expired", link=link.id)
    await say_expired(store, WORKSPACE, link.id, event, expires=NOW - 1, now=NOW)
    await update_link(store, WORKSPACE, link, an_event("link.updated", link=link.id), {"expires": NOW})
    return lambda: say_expired(store, WORKSPACE, link.id, event, expires=NOW, now=NOW)


@LINKS.add("link_fetched", "link counters")
async def fetch_a_link_first(store: Store) -> Act:
    link = await put_link(store)
    return lambda: read(store, link=link.id, fetched_at=NOW)


@LINKS.add("link_fetched", "link")
async def fetch_a_link_again(store: Store) -> Act:
    link = await put_link(store)
    await read(store, link=link.id, fetched_at=NOW)
    return lambda: read(store, link=link.id, fetched_at=NOW + 1)


@LINKS.add("link_opened", "link jobs activity counters")
async def open_a_link(store: Store) -> Act:
    link = await the_link(store, (await put_link(store, event_type="event-type")).id)
    return lambda: open_link(store, WORKSPACE, link, an_event("link.opened", link=link.id), NOW)


@LINKS.add("link_reactivate", "link history jobs activity counts revoked_links expiring_links operation")
async def reactivate_a_revoked_link(store: Store) -> Act:
    link = await put_link(store)
    await try_revoke(store, link.id)
    revoked = await the_link(store, link.id)
    return lambda: try_reactivate(store, revoked)


@LINKS.add("link_reactivate", "link history jobs activity counts booked_links expiring_links operation")
async def reactivate_a_link_whose_booking_was_cancelled(store: Store) -> Act:
    link = await put_link(store)
    for _ in range(2):
        await try_cancel(store, await put_booking(store, link=link.id))
        booked = await the_link(store, link.id)
        await try_reactivate(store, booked)
    await try_cancel(store, await put_booking(store, link=link.id))
    booked = await the_link(store, link.id)
    return lambda: try_reactivate(store, booked)


@LINKS.add("link_revoke", "link history jobs activity counts revoked_links expiring_links operation")
async def revoke_a_link(store: Store) -> Act:
    link = await put_link(store)
    return lambda: try_revoke(store, link.id)


@LINKS.add("link_mail", "history jobs activity operation")
async def mail_a_link(store: Store) -> Act:
    link = await put_link(store, name="Carla Customer", email="carla@customer.test")
    event, operation = an_event("link.emailed", link=link.id), keyed_operation("caller", "key", b"body")
    return lambda: mail_link(store, WORKSPACE, link.id, event, NOW, operation=operation, kept="answer")


@LINKS.add("manage_link_request", "requested jobs activity counts")
async def ask_for_a_manage_link(store: Store) -> Act:
    link = await put_link(store)
    booking = await put_booking(store, link=link.id)
    event = an_event("manage_link.requested", link=link.id, booking=booking.id)
    return lambda: request_manage_link(store, WORKSPACE, link.id, event)


@LINKS.add("link_update", "link history jobs activity expiring_links link_words operation")
async def change_a_link(store: Store) -> Act:
    link = await put_link(store, note="Hello")
    event = an_event("link.updated", link=link.id)
    values = {"expires": NOW + HOUR, "on_cancel": "reactivate", "note": None}
    return lambda: update_link(store, WORKSPACE, link, event, values)
