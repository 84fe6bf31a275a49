"""Links are created, looked at, changed, withdrawn and lifted again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.store.codes import Code
from admitone.store.records.configuration.configuration import write_config
from admitone.store.records.configuration.snapshot import MOST_FETCHES
from admitone.store.records.erasures import erase_link
from admitone.store.records.index import read_index
from admitone.store.records.links import open_link, update_link
from admitone.store.records.operations import keep_answer, kept_answer, keyed_operation
from tests.support.factories import HOUR, NOW, SEALER, WORKSPACE, a_booking, a_link, a_user, an_event
from tests.support.invariants import check_invariants
from tests.support.store.actions import (
    a_write,
    put_booking,
    put_link,
    put_links,
    read,
    the_booking,
    the_link,
    try_book,
    try_cancel,
    try_create,
    try_no_show,
    try_reactivate,
    try_revoke,
)

if TYPE_CHECKING:
    from admitone.domain.links.link import Link
    from admitone.store.store import Store

FULL: dict[str, Any] = {
    "name": "Ann Bär",
    "email": "ann@customer.test",
    "note": "Hello",
    "event_type": "event-type",
    "skip_form": False,
    "on_cancel": "reactivate",
    "channel": "extension",
}


@pytest.mark.parametrize("fields", [{}, {"expires_at": None}, {"skip_form": True}, FULL])
async def test_a_link_is_read_as_it_was_written(store: Store, fields: dict[str, Any]) -> None:
    link = await put_link(store, **fields)
    assert await the_link(store, link.id) == link
    assert await check_invariants(store.client) == []


async def test_a_link_is_not_made_where_what_was_looked_at_has_moved(store: Store) -> None:
    snapshot = await read(store, records=(("user", "user"),))
    snapshot.find("user", "user")
    await write_config(
        store, WORKSPACE, [a_write("user", a_user(id="user"))], an_event("config.updated"), now=NOW
    )
    link = a_link()
    assert (await try_create(store, link, snapshot=snapshot)).code is Code.MOVED
    assert (await read(store, link=link.id)).link is None
    assert (await try_create(store, link)).code is Code.OK


async def test_a_batch_is_there_in_its_order(store: Store) -> None:
    links = [a_link(name=f"Person {i}", email=f"{i}@customer.test") for i in range(1000)]
    await put_links(store, *links)
    key = store.keys(WORKSPACE).links
    listed = await read_index(store, key, after=None, limit=2000, newest_first=False)
    assert [entry.id for entry in listed] == [link.id for link in links]
    assert await check_invariants(store.client) == []


async def test_creating_again_is_answered_as_the_first_time(store: Store) -> None:
    links = [a_link(), a_link()]
    await put_links(store, *links)
    assert (await try_create(store, *links)).code is Code.APPLIED
    assert await check_invariants(store.client) == []


async def test_an_idempotency_key_answers_what_was_kept(store: Store) -> None:
    operation = keyed_operation("caller", "key", b"body")
    link = a_link()
    kept = keep_answer(operation, {"code": link.code}, SEALER)
    assert (await try_create(store, link, operation=operation, kept=kept)).code is Code.OK
    again = await try_create(store, a_link(), operation=operation, kept="another")
    assert again.code is Code.APPLIED
    assert kept_answer(operation, again.rest[0], SEALER, dict[str, str]) == {"code": link.code}
    assert await check_invariants(store.client) == []


async def with_state(store: Store, state: str) -> Link:
    """A link in a state, as it is stored."""
    link = await put_link(store, expires_at=NOW + HOUR)
    if state.startswith("revoked"):
        await try_revoke(store, link.id)
    if "booking" in state:
        booking = await put_booking(store, link=link.id)
        if "cancelled" in state:
            await try_cancel(store, booking)
        if "no-show" in state:
            await try_no_show(store, booking)
    return await the_link(store, link.id)


@pytest.mark.parametrize(
    ("state", "now", "expected"),
    [
        ("active", NOW, Code.OK),
        ("expired", NOW + HOUR, Code.LINK_EXPIRED),
        ("revoked", NOW, Code.LINK_REVOKED),
        ("revoked and expired", NOW + HOUR, Code.LINK_REVOKED),
        ("a live booking", NOW, Code.LINK_BOOKED),
        ("a cancelled booking", NOW, Code.LINK_BOOKED),
        ("an expired one with a booking", NOW + HOUR, Code.LINK_BOOKED),
    ],
)
async def test_revoking(store: Store, state: str, now: int, expected: Code) -> None:
    before = await with_state(store, state)
    assert (await try_revoke(store, before.id, now=now)).code is expected
    after = await the_link(store, before.id)
    if expected is Code.OK:
        assert after == msgspec.structs.replace(before, revoked_at=now)
    else:
        assert after == before
    assert await check_invariants(store.client) == []


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("active", Code.UNCHANGED),
        ("revoked", Code.OK),
        ("a live booking", Code.LINK_BOOKED),
        ("a cancelled booking", Code.OK),
        ("a no-show booking", Code.LINK_BOOKED),
    ],
)
async def test_reactivating(store: Store, state: str, expected: Code) -> None:
    before = await with_state(store, state)
    assert (await try_reactivate(store, before)).code is expected
    after = await the_link(store, before.id)
    if expected is Code.OK:
        assert after == msgspec.structs.replace(before, revoked_at=None, booked=None)
        assert (await try_book(store, a_booking(link=after.id, users=["another"]))).code is Code.OK
    else:
        assert after == before
    assert await check_invariants(store.client) == []


async def test_all_bookings_must_be_cancelled(store: Store) -> None:
    link = await put_link(store, on_cancel="reactivate")
    await try_cancel(store, await put_booking(store, link=link.id))
    second = await put_booking(store, link=link.id)
    assert (await try_reactivate(store, await the_link(store, link.id))).code is Code.LINK_BOOKED
    await try_no_show(store, await the_booking(store, second.id))
    assert (await try_reactivate(store, await the_link(store, link.id))).code is Code.LINK_BOOKED


async def test_a_booking_that_came_since_the_link_was_read_is_not_overlooked(store: Store) -> None:
    link = await put_link(store)
    await try_revoke(store, link.id)
    seen = await the_link(store, link.id)
    await try_reactivate(store, seen)
    await put_booking(store, link=link.id)
    assert (await try_reactivate(store, seen)).code is Code.MOVED
    assert await check_invariants(store.client) == []


async def test_what_is_not_there_is_not_found_and_not_made(store: Store) -> None:
    link = a_link()
    event = an_event("link.opened", link=link.id)
    answers = [
        await try_revoke(store, link.id),
        await try_reactivate(store, link),
        await update_link(store, WORKSPACE, link, event, {"note": "Hello"}),
        await open_link(store, WORKSPACE, link, event, NOW),
    ]
    assert {answer.code for answer in answers} == {Code.NOT_FOUND}
    assert (await read(store, link=link.id, fetched_at=NOW)).link is None
    assert await store.client.keys() == [b"ao:{meta}"]


async def test_settings_are_written_and_removed(store: Store) -> None:
    link = await put_link(store, note="Hello")
    values = {"expires": NOW + HOUR, "on_cancel": "reactivate", "note": None}
    event = an_event("link.updated", link=link.id)
    assert (await update_link(store, WORKSPACE, link, event, values)).code is Code.OK
    assert await the_link(store, link.id) == msgspec.structs.replace(
        link, expires_at=NOW + HOUR, on_cancel="reactivate", note=""
    )
    there = await the_link(store, link.id)
    await update_link(store, WORKSPACE, there, event, {"expires": None})
    assert (await the_link(store, link.id)).expires_at is None
    assert await check_invariants(store.client) == []


async def test_words_follow_from_what_was_read_or_nothing_is_written(store: Store) -> None:
    link = await put_link(store, note="Hello")
    event = an_event("link.updated", link=link.id)
    assert (await update_link(store, WORKSPACE, link, event, {"note": "Bye"})).code is Code.OK
    assert (await update_link(store, WORKSPACE, link, event, {"note": "Hi"})).code is Code.MOVED
    seen = await the_link(store, link.id)
    await put_booking(store, link=link.id)
    assert (await update_link(store, WORKSPACE, seen, event, {"note": "Hi"})).code is Code.MOVED
    assert await erase_link(store, WORKSPACE, seen, now=NOW) is Code.MOVED
    assert (await the_link(store, link.id)).note == "Bye"
    assert await check_invariants(store.client) == []


async def test_a_link_is_opened_once(store: Store) -> None:
    link = await the_link(store, (await put_link(store)).id)
    event = an_event("link.opened", link=link.id)
    assert (await open_link(store, WORKSPACE, link, event, NOW)).code is Code.OK
    assert (await open_link(store, WORKSPACE, link, event, NOW + 1)).code is Code.UNCHANGED
    assert (await the_link(store, link.id)).opened_at == NOW
    assert await check_invariants(store.client) == []


async def test_fetching_notes_the_first_time_and_a_capped_count_and_nothing_else(store: Store) -> None:
    link = await put_link(store)
    for after in range(3):
        await read(store, link=link.id, fetched_at=NOW + after)
    there = await the_link(store, link.id)
    assert there == msgspec.structs.replace(link, fetched_at=NOW, fetches=3)
    await store.client.hset(store.keys(WORKSPACE).link(link.id), "fetches", MOST_FETCHES - 1)
    for _ in range(3):
        await read(store, link=link.id, fetched_at=NOW)
    assert (await the_link(store, link.id)).fetches == MOST_FETCHES
    assert await check_invariants(store.client) == []


async def test_a_links_history_tells_what_happened_in_order(store: Store) -> None:
    link = await put_link(store)
    await try_revoke(store, link.id)
    await try_reactivate(store, await the_link(store, link.id))
    event = an_event("link.updated", link=link.id)
    await update_link(store, WORKSPACE, await the_link(store, link.id), event, {"note": "Hello"})
    history = await store.client.lrange(store.keys(WORKSPACE).link_history(link.id), 0, -1)
    assert [json.loads(entry)["type"] for entry in history] == [
        "link.revoked",
        "link.reactivated",
        "link.updated",
    ]
