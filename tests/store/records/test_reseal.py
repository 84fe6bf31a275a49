"""Everything that is sealed is found and sealed anew, whatever else happens; the first key opens it then."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.domain.people.grant import turned
from admitone.domain.webhooks.webhook import Webhook, Webhooks
from admitone.sealing import Kept, Sealer
from admitone.store.codes import Code
from admitone.store.keys import META
from admitone.store.records.configuration import RecordWrite, read_records, write_config
from admitone.store.records.documents import unseal_manage_token
from admitone.store.records.google_connections import (
    change_connection,
    open_refresh_token,
    read_connection,
    seal_refresh_token,
    write_connection,
)
from admitone.store.records.grants import read_successor, write_grant
from admitone.store.records.mails import keep_mail, read_kept_mails
from admitone.store.records.operations import KEY_LIFETIME, keep_answer, kept_answer, keyed_operation
from admitone.store.redis.connect import open_redis
from admitone.store.reseal import (
    Found,
    count_sealed,
    read_values,
    reseal_all,
    sealed_anew,
    spots,
    write_sealed,
)
from admitone.store.sealed_places import PLACES
from admitone.store.store import open_store
from tests.support.factories import (
    NOW,
    SEALER,
    WORKSPACE,
    a_booking,
    a_connection,
    a_grant,
    a_link,
    a_refresh_token,
    an_event,
    an_invitation,
)
from tests.support.store.doing import (
    PARTITIONS,
    a_write,
    put_links,
    put_records,
    read,
    the_booking,
    the_link,
    try_book,
    try_create,
)
from tests.support.store.dumps import dump, stored_texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.reseal import Census
    from admitone.store.store import Store
    from tests.support.redis_server import RedisServer

NEW_KEY = bytes(range(32, 64))
BOTH = Sealer({"new": NEW_KEY, "test": bytes(range(32))})
NEW = Sealer({"new": NEW_KEY})
BY_OLD = re.compile(rb"\btest\.[A-Za-z0-9_-]{38,}")
KEYED = keyed_operation("user\nPOST /api/v1/links", "key", b"{}")
TOKEN = a_refresh_token()
LINK = a_link()
BOOKING = a_booking(link=LINK.id)
INVITATION = an_invitation(token=f"{WORKSPACE}INVITATION")


@asynccontextmanager
async def a_store_by(sealer: Sealer, url: str) -> AsyncIterator[Store]:
    async with open_redis(url) as client, open_store(client, sealer, PARTITIONS) as store:
        yield store


@pytest.fixture
async def full(store: Store) -> Store:
    """A store with something of each purpose, sealed with the old key."""
    kept = keep_answer(KEYED, {"code": LINK.code}, SEALER)
    assert (await try_create(store, LINK, operation=KEYED, kept=kept)).code is Code.OK
    assert (await try_book(store, BOOKING)).code is Code.OK
    grant = a_grant(current="code")
    assert await write_grant(store, WORKSPACE, "grant", grant, now=NOW)
    there = (await read(store, grant="grant")).grant
    later = turned(grant, TOKEN, NOW)
    assert await write_grant(store, WORKSPACE, "grant", later, now=NOW, read=there, successor=TOKEN)
    token = seal_refresh_token(store, WORKSPACE, "user", "google's token")
    await write_connection(store, WORKSPACE, a_connection(refresh_token=token))
    await put_records(store, _webhooks(1), a_write("invitation", INVITATION))
    await store.signing_keys.signing(NOW)
    for mail in range(3):
        assert await keep_mail(store, WORKSPACE, f"m{mail}", NOW, b"Hello")
    return store


def _webhooks(count: int, *, version: int = 0) -> RecordWrite:
    hooks = [
        Webhook(
            id=f"hook{number}",
            endpoint="https://crm.test/hook",
            events=["link.created"],
            secret=SEALER.seal(Kept.WEBHOOK, f"{WORKSPACE}:hook{number}", b"secret %d" % number),
            created_at=NOW,
        )
        for number in range(count + 1)
    ]
    return RecordWrite(kind="webhooks", id="-", version=version, record=Webhooks(items=hooks), created_at=NOW)


async def last(censuses: AsyncIterator[Census]) -> Census:
    *_, census = [census async for census in censuses]
    return census


async def values(store: Store, purpose: Kept) -> list[Found]:
    keys = [key.decode() async for key in store.client.scan_iter()]
    there = [spot for key in keys for spot in spots(key) if spot.purpose is purpose]
    return await read_values(store, there)


def test_every_purpose_that_redis_keeps_has_its_place() -> None:
    assert set(PLACES) == set(Kept)
    assert len({place.words for place in PLACES.values()}) == len(PLACES)


async def test_whatever_is_sealed_is_found(full: Store, redis_server: RedisServer) -> None:
    """What looks sealed in what Redis holds, key by key, is what the places name: no more and no less."""
    census = await last(count_sealed(full))
    assert {kind for kind, _ in census.opened} == set(Kept)
    assert not census.lost
    with redis_server.client() as client:
        everything = b"\n".join(stored_texts(client))
    assert len(set(BY_OLD.findall(everything))) == census.opened.total() == 13


async def test_afterwards_the_new_key_alone_opens_everything(full: Store, redis_server: RedisServer) -> None:
    signing = await full.signing_keys.signing(NOW)
    async with a_store_by(BOTH, redis_server.url) as store:
        before = await last(count_sealed(store))
        done = await last(reseal_all(store))
        assert sum(done.resealed.values()) == before.opened.total()
        assert set(done.resealed) == set(Kept)
        after = await last(count_sealed(store))
        assert {key for _, key in after.opened} == {"new"}
        with redis_server.client() as client:
            once = dump(client)
            assert BY_OLD.findall(b"\n".join(stored_texts(client))) == []
        again = await last(reseal_all(store))
        assert not again.resealed
    with redis_server.client() as client:
        assert dump(client) == once
    async with a_store_by(NEW, redis_server.url) as store:
        assert (await the_link(store, LINK.id)).code == LINK.code
        token = unseal_manage_token(WORKSPACE, await the_booking(store, BOOKING.id), NEW)
        assert token == unseal_manage_token(WORKSPACE, BOOKING, SEALER)
        kept = (await read(store, operation=KEYED.id)).operation
        assert kept
        assert kept_answer(KEYED, kept, NEW, dict[str, str]) == {"code": LINK.code}
        grant = (await read(store, grant="grant")).grant
        assert grant
        assert await read_successor(store, WORKSPACE, "grant", grant.grant) == TOKEN
        connection = await read_connection(store, WORKSPACE, "user")
        assert connection
        assert open_refresh_token(store, WORKSPACE, connection) == "google's token"
        [hooks] = await read_records(store, WORKSPACE, "webhooks", ["-"])
        secrets = [NEW.open(Kept.WEBHOOK, f"{WORKSPACE}:{hook.id}", hook.secret) for hook in hooks.items]
        assert secrets == [b"secret 0", b"secret 1"]
        [there] = await read_records(store, WORKSPACE, "invitation", [INVITATION.id])
        opened = NEW.open(Kept.INVITATION, f"{WORKSPACE}:{INVITATION.id}", there.token)
        assert opened == f"{WORKSPACE}INVITATION".encode()
        assert (await store.signing_keys.signing(NOW)).id == signing.id
        assert await store.signing_keys.find(signing.id) == signing.public
        mails = await read_kept_mails(store, WORKSPACE)
        assert mails == [(mail, b"Hello") for mail in ("m2", "m1", "m0")]


async def test_nothing_else_changes(full: Store, redis_server: RedisServer) -> None:
    """Neither the rest of a record nor how long it lives."""
    operation = full.keys(WORKSPACE).operation(KEYED.id)
    connection = await read_connection(full, WORKSPACE, "user")
    assert connection
    with redis_server.client() as client:
        keys = {key: client.ttl(key) >= 0 for key in client.scan_iter()}
        async with a_store_by(BOTH, redis_server.url) as store:
            await last(reseal_all(store))
        assert {key: client.ttl(key) >= 0 for key in client.scan_iter()} == keys
        assert 0 < int(client.ttl(operation)) <= KEY_LIFETIME
    now = await read_connection(full, WORKSPACE, "user")
    assert now
    assert msgspec.structs.replace(now, refresh_token=connection.refresh_token) == connection
    async with a_store_by(BOTH, redis_server.url) as store:
        assert (await the_booking(store, BOOKING.id)).data.name == BOOKING.data.name


@pytest.mark.parametrize("purpose", list(Kept))
async def test_what_somebody_wrote_in_between_is_left_alone(
    full: Store, redis_server: RedisServer, purpose: Kept
) -> None:
    [found, *_] = await values(full, purpose)
    text, _ = sealed_anew(BOTH, found)
    with redis_server.client() as client:
        key, field = found.spot.key, found.value.field
        other = found.value.text.replace("test.", "1 test.").replace("1 {", "9 {")
        if found.spot.place.script == "text_reseal":
            client.set(key, other)
        elif found.spot.place.script == "item_reseal":
            client.delete(key)
        else:
            client.hset(key, field, f"9{found.value.text}" if field == "code" else f"9{other}")
        before = dump(client)
        assert (await write_sealed(full, found, text)).code is Code.MOVED
        assert dump(client) == before
        client.delete(key)
        assert (await write_sealed(full, found, text)).code is Code.MOVED
        assert not client.exists(key)


async def test_whoever_knows_a_record_as_it_was_cannot_write_it_back(
    full: Store, redis_server: RedisServer
) -> None:
    """Else a server that had cached the webhooks would bring a secret back that only the old key opens."""
    snapshot = await read(full, records=(("webhooks", "-"),))
    await snapshot.load(("webhooks", "-"))
    known = snapshot.version("webhooks", "-")
    async with a_store_by(BOTH, redis_server.url) as store:
        await last(reseal_all(store))
    writes = [_webhooks(2, version=known)]
    answer = await write_config(full, WORKSPACE, writes, an_event("config.updated"), now=NOW)
    assert answer.code is Code.MOVED
    later = await read(full, records=(("webhooks", "-"),))
    assert later.counter > snapshot.counter


async def test_writes_that_go_on_meanwhile_are_not_lost(full: Store, redis_server: RedisServer) -> None:
    done = asyncio.Event()

    async def write() -> int:
        count = 0
        while not done.is_set() or count == 0:
            count += 1
            noted = partial(msgspec.structs.replace, sync_token=str(count))
            there = await change_connection(full, WORKSPACE, "user", noted)
            assert there
            assert there.sync_token == str(count)
        return count

    writing = asyncio.create_task(write())
    async with a_store_by(BOTH, redis_server.url) as store:
        for _ in range(20):
            await last(reseal_all(store))
        done.set()
        count = await writing
        found = await read_connection(store, WORKSPACE, "user")
        assert found
        assert found.sync_token == str(count)
        assert open_refresh_token(store, WORKSPACE, found) == "google's token"
        await last(reseal_all(store))
        assert {key for _, key in (await last(count_sealed(store))).opened} == {"new"}


async def test_a_run_that_was_stopped_is_finished_by_the_next(full: Store, redis_server: RedisServer) -> None:
    await put_links(full, *(a_link() for _ in range(700)))
    async with a_store_by(BOTH, redis_server.url) as store:
        stopped = reseal_all(store)
        first = await anext(stopped)
        await stopped.aclose()  # type: ignore[attr-defined]
        some = sum(first.resealed.values())
        rest = await last(reseal_all(store))
        assert some + sum(rest.resealed.values()) == 713
        assert 0 < some < 713
        assert {key for _, key in (await last(count_sealed(store))).opened} == {"new"}


async def test_what_no_key_opens_is_told_and_left(full: Store, redis_server: RedisServer) -> None:
    """Neither a key that is gone nor another key of the same id."""
    await full.client.hdel(META, "proof")
    for sealer in (Sealer({"new": NEW_KEY}), Sealer({"new": NEW_KEY, "test": bytes(32)})):
        async with a_store_by(sealer, redis_server.url) as store:
            with redis_server.client() as client:
                before = dump(client)
                assert not (await last(reseal_all(store))).resealed
                assert dump(client) == before
            census = await last(count_sealed(store))
        assert set(census.opened) == {(Kept.PROOF, "new")}
        assert {kind for kind, _ in census.lost} == set(Kept) - {Kept.PROOF}


def test_the_places_match_whole_names_only() -> None:
    prefix = f"ao:{{p03}}:{WORKSPACE}"
    others: list[Any] = [
        "",
        ":link:a:history",
        ":booking:a",
        ":booking:a:history",
        ":grant:a",
        ":mails:faults",
    ]
    for rest in others:
        assert spots(prefix + rest) == []
    assert [spot.purpose for spot in spots(f"{prefix}:config")] == [Kept.INVITATION, Kept.WEBHOOK]
