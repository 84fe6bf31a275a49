"""A dump of Redis opens nothing: no code, no manage token, no kept answer, in no spelling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from admitone.sealing import Kept, Sealer, UnsealError
from admitone.store.codes import Code
from admitone.store.records.documents import unseal_manage_token
from admitone.store.records.operations import keep_answer, kept_answer, keyed_operation
from tests.support.factories import HOUR, NOW, SEALER, WORKSPACE, a_booking, a_code, a_link, a_manage_token
from tests.support.spellings import spellings
from tests.support.store.actions import (
    a_store,
    put_booking,
    read,
    slot_of,
    the_booking,
    the_link,
    try_book,
    try_cancel,
    try_create,
    try_move,
    try_reactivate,
    try_revoke,
)
from tests.support.store.dumps import READ, stored_texts

if TYPE_CHECKING:
    from tests.support.redis_server import RedisServer

SECRET_ANSWER = "an answer that nobody else may read"
SEALED = re.compile(rb"test\.[A-Za-z0-9_-]{30,}")


@pytest.fixture
async def lived(own_redis: RedisServer) -> tuple[RedisServer, list[str]]:
    """A Redis in which a workspace has lived, and the secrets that it was told."""
    codes = [a_code() for _ in range(4)]
    manage = [a_manage_token() for _ in range(2)]
    async with a_store(own_redis.url) as store:
        links = [a_link(code=code, name="Carla Customer", email="c@x.test") for code in codes]
        created = keyed_operation(f"user\nPOST /api/v1/links\n{codes[0]}", "key", b"{}")
        answer = {"code": codes[0], "url": f"https://x.test/.{codes[0]}", "text": SECRET_ANSWER}
        kept = keep_answer(created, answer, SEALER)
        assert (await try_create(store, *links, operation=created, kept=kept)).code is Code.OK
        booking = a_booking(link=links[0].id, token=manage[0])
        booked = keyed_operation(codes[0], "key", b"{}")
        kept = keep_answer(booked, {"manage_url": manage[0], "text": SECRET_ANSWER}, SEALER)
        assert (await try_book(store, booking, operation=booked, kept=kept)).code is Code.OK
        await try_move(store, booking, slot_of(booking, by=HOUR))
        other = await put_booking(store, link=links[1].id, token=manage[1], users=["paula"])
        await try_cancel(store, other)
        await try_reactivate(store, await the_link(store, links[1].id))
        await try_revoke(store, links[2].id)
        await read(store, link=links[3].id, fetched_at=NOW)
        assert [(await the_link(store, link.id)).code for link in links] == codes
        there = await the_booking(store, booking.id)
        assert unseal_manage_token(WORKSPACE, there, SEALER) == manage[0]
        operation = (await read(store, operation=created.id)).operation
        assert operation
        assert kept_answer(created, operation, SEALER, dict[str, str]) == answer
    return own_redis, [*codes, *manage, SECRET_ANSWER]


async def test_no_key_and_no_value_holds_a_secret(lived: tuple[RedisServer, list[str]]) -> None:
    server, secrets = lived
    with server.client() as client:
        everything = _flat(client.eval(READ, 0)) + b"".join(stored_texts(client))
    assert b"Carla Customer" in everything
    for secret in secrets:
        assert [text for text in spellings(secret) if text in everything] == []


async def test_the_append_only_file_holds_no_secret(lived: tuple[RedisServer, list[str]]) -> None:
    server, secrets = lived
    server.stop()
    files = [file for file in server.folder.rglob("*") if file.is_file() and file != server.log]
    everything = b"".join(file.read_bytes() for file in files)
    assert b"Carla Customer" in everything
    for secret in secrets:
        assert [text for text in spellings(secret) if text in everything] == []


async def test_what_is_sealed_opens_with_no_other_key_and_at_no_other_place(
    lived: tuple[RedisServer, list[str]],
) -> None:
    server, _ = lived
    with server.client() as client:
        sealed = SEALED.findall(b"\n".join(stored_texts(client)))
    assert len(set(sealed)) == 4 + 2 + 2 + 1  # codes, manage links, answers, and the proof of the key
    for text in sealed:
        for sealer in (Sealer({"test": bytes(32)}), SEALER):
            for purpose in Kept:
                with pytest.raises(UnsealError):
                    sealer.open(purpose, "another place", text.decode())


def _flat(value: Any) -> bytes:
    if isinstance(value, list):
        return b"\0".join(map(_flat, value))
    return value if isinstance(value, bytes) else str(value).encode()
