"""Everything that is sealed is found and sealed anew; then the first key alone opens it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.sealing import Kept, Sealer
from admitone.store.keys import META
from admitone.store.records.configuration.configuration import read_records
from admitone.store.records.credentials.google_connections import open_refresh_token, read_connection
from admitone.store.records.credentials.grants import read_successor
from admitone.store.records.documents import unseal_manage_token
from admitone.store.records.mail.mails import read_kept_mails
from admitone.store.records.operations import KEY_LIFETIME, kept_answer
from admitone.store.reseal import count_sealed, reseal_all, spots
from admitone.store.sealed_places import PLACES
from tests.support.factories import NOW, SEALER, WORKSPACE
from tests.support.store.actions import read, the_booking, the_link
from tests.support.store.dumps import dump, stored_texts
from tests.support.store.sealed_workspace import (
    BOOKING,
    BOTH,
    INVITATION,
    KEYED,
    LINK,
    NEW,
    NEW_KEY,
    TOKEN,
    a_store_by,
    last,
)

if TYPE_CHECKING:
    from admitone.store.store import Store
    from tests.support.redis_server import RedisServer

BY_OLD = re.compile(rb"\btest\.[A-Za-z0-9_-]{38,}")


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
    assert len(set(BY_OLD.findall(everything))) == census.opened.total() == 20


async def test_afterwards_the_new_key_alone_opens_everything(full: Store, redis_server: RedisServer) -> None:
    signing = await full.signing_keys.signing(NOW)
    unsubscribing = await full.unsubscribe_key.find()
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
        assert await store.unsubscribe_key.find() == unsubscribing is not None
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
    assert [spot.purpose for spot in spots(f"{prefix}:config")] == [
        Kept.INVITATION,
        Kept.FEED,
        Kept.HOOK,
        Kept.WEBHOOK,
    ]
