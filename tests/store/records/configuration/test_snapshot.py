"""A snapshot is one trip while the configuration stands, and is never older than the counter it names."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.domain.webhooks.webhook import Webhooks
from admitone.store.codes import Code
from admitone.store.records.configuration.configuration import RecordWrite
from admitone.store.records.configuration.configuration_cache import WORKSPACES, ConfigCache, Versioned
from admitone.store.records.operations import keyed_operation
from tests.support.factories import (
    NOW,
    WORKSPACE,
    a_booking,
    a_manage_token,
    a_user,
    an_event_type,
    some_settings,
)
from tests.support.sizes import size
from tests.support.store.actions import a_store, a_write, put_link, put_records, read, try_book

if TYPE_CHECKING:
    from admitone.domain.people.user import User
    from admitone.store.store import Store

USER = (("user", "user"),)


async def test_everything_that_is_wanted_comes_in_one_trip(store: Store) -> None:
    """But for the first fetch of a link, which reports count where the link says."""
    await put_records(store, a_write("user", a_user()))
    link = await put_link(store)
    await read(store, link=link.id, fetched_at=NOW)
    booking = a_booking(link=link.id)
    operation = keyed_operation("code", "key", b"body")
    await try_book(store, booking, operation=operation, kept="kept")
    await store.client.script_load(store.scripts["link_fetched"].text)
    before = store.lines.trips
    snapshot = await read(
        store, link=link.id, booking=booking.id, operation=operation.id, records=USER, fetched_at=NOW
    )
    assert store.lines.trips == before + 1
    assert snapshot.link
    assert snapshot.link.booked == booking.id
    assert snapshot.booking
    assert msgspec.structs.replace(snapshot.booking, counted=None) == msgspec.structs.replace(
        booking, operation=operation.id
    )
    assert snapshot.operation == b"kept"
    assert snapshot.find("user", "user") == a_user()


async def test_that_there_is_no_record_is_remembered_where_nobody_makes_up_its_id(store: Store) -> None:
    await put_records(store, a_write("user", a_user()))
    named = (("webhooks", "-"), ("mail_template", "confirmation"))
    await read(store, records=named)
    snapshot = await read(store)
    before = store.lines.trips
    assert await snapshot.load(*named) == [None, None]
    assert store.lines.trips == before
    assert await snapshot.load(("user", "nobody")) == [None]
    assert await (await read(store)).load(("user", "nobody")) == [None]
    assert store.lines.trips == before + 3
    write = RecordWrite(kind="webhooks", id="-", version=0, record=Webhooks(), created_at=NOW)
    await put_records(store, write)
    assert await (await read(store)).load(("webhooks", "-")) == [Webhooks(items=[])]


async def test_what_was_read_at_this_counter_is_not_read_again(store: Store) -> None:
    await put_records(store, a_write("user", a_user()))
    await read(store, records=USER)
    await store.client.hset(store.keys(WORKSPACE).config, "user:user", "1 not JSON any more")
    assert (await read(store, records=USER)).find("user", "user") == a_user()


async def test_a_moved_counter_has_everything_read_again(redis_url: str) -> None:
    async with a_store(redis_url) as one, a_store(redis_url) as other:
        await put_records(one, a_write("user", a_user()), a_write("event_type", an_event_type()))
        await read(one, records=USER)
        await put_records(other, a_write("user", a_user(name="Hanna"), version=1))
        snapshot = await read(one, records=USER)
        assert snapshot.find("user", "user").name == "Hanna"
        assert (snapshot.counter, snapshot.uses) == (2, {"user:user": 2})


async def test_a_deleted_record_is_not_remembered(redis_url: str) -> None:
    async with a_store(redis_url) as one, a_store(redis_url) as other:
        await put_records(one, a_write("user", a_user()))
        await read(one, records=USER)
        gone = RecordWrite(kind="user", id="user", version=1, record=None, created_at=0)
        await put_records(other, gone)
        snapshot = await read(one, records=USER)
        assert snapshot.find("user", "user") is None
        assert snapshot.uses == {"user:user": 0}


async def test_what_is_not_there_is_known_for_this_request_only(store: Store) -> None:
    snapshot = await read(store, records=USER)
    assert snapshot.find("user", "user") is None
    assert snapshot.uses == {"user:user": 0}
    before = store.lines.trips
    assert await snapshot.load(*USER) == [None]
    assert store.lines.trips == before
    assert not store.cache.knows(WORKSPACE, "user:user")
    await put_records(store, a_write("user", a_user()))
    assert (await read(store, records=USER)).find("user", "user") == a_user()


async def test_guessing_ids_fills_no_memory(store: Store) -> None:
    for guess in range(100):
        await read(store, records=(("user", f"guess-{guess}"),))
    known = store.cache.at(WORKSPACE, 0)
    assert known.records == {}


async def test_records_are_loaded_in_the_order_that_was_asked_for(store: Store) -> None:
    await put_records(store, a_write("user", a_user()), a_write("settings", some_settings()))
    snapshot = await read(store, records=USER)
    before = store.lines.trips
    found = await snapshot.load(("settings", "-"), ("user", "nobody"), ("user", "user"))
    assert found == [some_settings(), None, a_user()]
    assert store.lines.trips == before + 1
    assert await snapshot.settings() == some_settings()


async def test_only_what_was_looked_at_counts_as_used(store: Store) -> None:
    await put_records(store, a_write("user", a_user()), a_write("settings", some_settings()))
    await read(store, records=(*USER, ("settings", "-")))
    snapshot = await read(store, records=USER)
    assert snapshot.uses == {"user:user": 1}


def test_what_is_read_at_an_older_counter_is_kept_apart() -> None:
    cache = ConfigCache()
    newer = cache.at(WORKSPACE, 7)
    older = cache.at(WORKSPACE, 5)
    older.records["user:user"] = Versioned(5, a_user())
    assert newer.records == {}
    assert cache.at(WORKSPACE, 7) is newer
    assert not cache.knows(WORKSPACE, "user:user")
    assert cache.at(WORKSPACE, 5).records == {}


def test_workspaces_do_not_share_records_and_the_one_unused_for_longest_goes_first() -> None:
    cache = ConfigCache()
    cache.at("first", 1).records["user:user"] = Versioned(1, a_user())
    for number in range(WORKSPACES - 1):
        cache.at(str(number), 1)
    assert not cache.knows("0", "user:user")
    assert cache.knows("first", "user:user")
    cache.at("first", 1)
    cache.at("another", 1).records["user:user"] = Versioned(1, a_user())
    cache.at("0", 1)
    assert cache.knows("first", "user:user")


@pytest.mark.soak
async def test_no_record_is_older_than_the_counter_it_was_read_with(redis_url: str) -> None:
    """Each write changes the one record, so that its version at counter n is n."""
    async with a_store(redis_url) as writer, a_store(redis_url) as one, a_store(redis_url) as other:
        await put_records(writer, a_write("user", a_user(name="1")))
        is_over = False

        async def read_on_and_on(store: Store, pause: int) -> int:
            reads = 0
            while not is_over:
                snapshot = await read(store, records=USER)
                user: User = snapshot.find("user", "user")
                assert snapshot.version("user", "user") >= snapshot.counter
                assert user.name == str(snapshot.version("user", "user"))
                reads += 1
                for _ in range(pause):
                    await asyncio.sleep(0)
            return reads

        readers = [
            asyncio.create_task(read_on_and_on(store, pause)) for store in (one, other) for pause in range(5)
        ]
        last = size(3000, 200)
        for version in range(1, last):
            await put_records(writer, a_write("user", a_user(name=str(version + 1)), version=version))
        is_over = True
        assert all(await asyncio.gather(*readers))
        for store in (one, other):
            assert (await read(store, records=USER)).find("user", "user").name == str(last)


async def test_a_booking_carries_what_was_used_to_the_script(store: Store) -> None:
    await put_records(store, a_write("user", a_user()))
    snapshot = await read(store, records=USER)
    await put_records(store, a_write("user", a_user(name="Hanna"), version=1))
    booking = a_booking(token=a_manage_token())
    assert (await try_book(store, booking, snapshot=snapshot)).code is Code.MOVED
