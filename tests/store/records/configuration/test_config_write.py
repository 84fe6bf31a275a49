"""Configuration is written all or none, by whoever read what it is now."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.store.codes import Code
from admitone.store.records.configuration.configuration import RecordWrite, read_records, write_config
from admitone.store.records.index import read_index
from admitone.store.records.operations import keep_answer, kept_answer, keyed_operation
from admitone.store.records.readers import LinkTotals, read_link_totals
from tests.support.factories import (
    NOW,
    SEALER,
    WORKSPACE,
    a_booking_page,
    a_user,
    an_api_key,
    an_event,
    an_event_type,
    some_settings,
)
from tests.support.invariants import check_invariants
from tests.support.store.actions import (
    a_store,
    a_write,
    put_link,
    put_records,
    read,
    the_link,
    try_reactivate,
    try_revoke,
)

if TYPE_CHECKING:
    from admitone.domain.people.user import User
    from admitone.store.store import ScriptAnswer, Store


async def try_write(store: Store, *writes: RecordWrite, **more: Any) -> ScriptAnswer:
    return await write_config(store, WORKSPACE, writes, an_event("config.updated"), now=NOW, **more)


async def the_user(store: Store) -> User | None:
    [found] = await read_records(store, WORKSPACE, "user", ["user"])
    return found  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("api_key", an_api_key()),
        ("booking_page", a_booking_page()),
        ("event_type", an_event_type()),
        ("settings", some_settings()),
        ("user", a_user()),
    ],
)
async def test_a_record_is_read_as_it_was_written(store: Store, kind: str, record: Any) -> None:
    assert await put_records(store, a_write(kind, record)) == 1
    record_id = getattr(record, "id", "-")
    snapshot = await read(store, records=((kind, record_id),))
    assert snapshot.find(kind, record_id) == record
    assert (snapshot.version(kind, record_id), snapshot.counter) == (1, 1)
    assert await check_invariants(store.client) == []


async def test_every_write_moves_the_counter_and_gives_it_to_what_it_wrote(store: Store) -> None:
    await put_records(store, a_write("user", a_user()), a_write("event_type", an_event_type()))
    await put_records(store, a_write("user", a_user(name="Hanna"), version=1))
    snapshot = await read(store, records=(("user", "user"), ("event_type", "event-type")))
    assert snapshot.counter == 2
    assert snapshot.version("user", "user") == 2
    assert snapshot.version("event_type", "event-type") == 1


@pytest.mark.parametrize("version", [0, 2, 7])
async def test_a_record_that_is_not_of_the_version_read_refuses_all(store: Store, version: int) -> None:
    await put_records(store, a_write("user", a_user()))
    answer = await try_write(
        store, a_write("event_type", an_event_type()), a_write("user", a_user(name="Hanna"), version=version)
    )
    assert answer.code is Code.MOVED
    assert await the_user(store) == a_user()
    assert await read_records(store, WORKSPACE, "event_type", ["event-type"]) == [None]
    assert (await read(store)).counter == 1


async def test_of_two_who_change_the_same_version_one_is_refused(store: Store) -> None:
    await put_records(store, a_write("user", a_user()))
    names = [f"Hanna {i}" for i in range(20)]
    answers = await asyncio.gather(
        *(try_write(store, a_write("user", a_user(name=name), version=1)) for name in names)
    )
    assert [answer.code for answer in answers].count(Code.OK) == 1
    winner = names[next(i for i, answer in enumerate(answers) if answer.code is Code.OK)]
    assert await the_user(store) == a_user(name=winner)


async def test_a_deleted_record_is_gone_and_can_be_made_again(store: Store) -> None:
    await put_records(store, a_write("user", a_user()))
    gone = RecordWrite(kind="user", id="user", version=1, record=None, created_at=0)
    assert (await try_write(store, gone)).code is Code.OK
    assert await the_user(store) is None
    assert (await try_write(store, gone)).code is Code.MOVED
    assert await check_invariants(store.client) == []
    assert await put_records(store, a_write("user", a_user(name="Hanna"))) == 3
    assert await check_invariants(store.client) == []


async def test_records_keep_their_place_in_the_list_when_they_change(store: Store) -> None:
    users = [a_user(id=f"user-{i}", created_at=NOW + i) for i in range(3)]
    await put_records(store, *(a_write("user", user) for user in users))
    later = msgspec.structs.replace(users[0], name="Hanna", created_at=NOW + 10)
    await put_records(store, a_write("user", later, version=1))
    key = store.keys(WORKSPACE).config_list("user")
    listed = await read_index(store, key, after=None, limit=10, newest_first=False)
    assert [entry.id for entry in listed] == ["user-0", "user-1", "user-2"]


@pytest.mark.parametrize(("age", "expected"), [(0, Code.OK), (60, Code.OK), (61, Code.UNCLAIMED)])
async def test_a_claim_that_is_over_a_minute_old_is_not_relied_upon(
    store: Store, age: int, expected: Code
) -> None:
    answer = await try_write(store, a_write("booking_page", a_booking_page()), claimed=NOW - age)
    assert answer.code is expected
    assert (await read(store)).counter == (1 if expected is Code.OK else 0)


async def test_a_write_that_is_sent_again_is_answered_as_the_first_time(store: Store) -> None:
    operation = keyed_operation("caller", "key", b"body")
    kept = keep_answer(operation, {"id": "user"}, SEALER)
    write = a_write("user", a_user())
    assert (await try_write(store, write, operation=operation, kept=kept)).code is Code.OK
    again = await try_write(store, a_write("user", a_user(id="2")), operation=operation, kept="another")
    assert again.code is Code.APPLIED
    assert kept_answer(operation, again.rest[0], SEALER, dict[str, str]) == {"id": "user"}
    assert (await read(store)).counter == 1


async def test_reading_no_records_asks_nobody(store: Store) -> None:
    before = store.lines.trips
    assert await read_records(store, WORKSPACE, "user", []) == []
    assert store.lines.trips == before


async def test_a_change_that_no_link_stood_in_the_way_of_waits_for_no_new_one(store: Store) -> None:
    """Links that are made or freed since they were counted stop it; those that are used up do not."""
    link, _ = await put_link(store), await put_link(store)
    counted = await read_link_totals(store, WORKSPACE)
    assert counted == LinkTotals(made=2, used=0)
    assert (await try_write(store, a_write("user", a_user()), links=counted)).code is Code.OK
    assert (await try_revoke(store, link.id)).code is Code.OK
    revoked = await read_link_totals(store, WORKSPACE)
    one, two = a_booking_page(id="one"), a_booking_page(id="two")
    assert (await try_write(store, a_write("booking_page", one), links=counted)).code is Code.OK
    assert (await try_reactivate(store, await the_link(store, link.id))).code is Code.OK
    assert (await try_write(store, a_write("booking_page", two), links=revoked)).code is Code.MOVED
    await put_link(store)
    assert (await try_write(store, a_write("booking_page", two), links=counted)).code is Code.MOVED
    counted = await read_link_totals(store, WORKSPACE)
    assert (await try_write(store, a_write("booking_page", two), links=counted)).code is Code.OK
    assert await check_invariants(store.client) == []


async def test_the_counter_is_at_least_the_callers_time_and_never_stands_still(store: Store) -> None:
    store.milliseconds = lambda: 5000
    assert await put_records(store, a_write("user", a_user())) == 5000
    assert await put_records(store, a_write("event_type", an_event_type())) == 5001
    store.milliseconds = lambda: 4000
    assert await put_records(store, a_write("booking_page", a_booking_page())) == 5002


async def test_a_counter_that_was_turned_back_never_reaches_a_lost_value_again(redis_url: str) -> None:
    async with a_store(redis_url) as one, a_store(redis_url) as other:
        one.milliseconds = lambda: 5000
        await put_records(one, a_write("user", a_user()))
        before = await one.client.dump(one.keys(WORKSPACE).config) or b""
        await put_records(one, a_write("event_type", an_event_type()))
        lost = (await read(one, records=(("event_type", "event-type"),))).counter
        await one.client.restore(one.keys(WORKSPACE).config, 0, before, replace=True)
        other.milliseconds = lambda: 6000
        await put_records(other, a_write("booking_page", a_booking_page()))
        snapshot = await read(one, records=(("event_type", "event-type"),))
        assert snapshot.counter > lost
        assert snapshot.find("event_type", "event-type") is None
