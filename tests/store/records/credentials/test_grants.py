"""Grants in Redis: written only by who read them last, with one sealed copy that belongs to one token."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from admitone.domain.people.grant import turned
from admitone.domain.people.seen import Seen
from admitone.store.records.credentials.grants import delete_grant, read_successor, write_grant
from tests.support.factories import NOW, WORKSPACE, a_grant, a_refresh_token
from tests.support.store.actions import read

if TYPE_CHECKING:
    from admitone.domain.people.grant import Grant
    from admitone.store.store import Store


async def put(store: Store, *, turns: int) -> list[tuple[Grant, str]]:
    """A grant that was turned so often: what it was each time, and its refresh token then."""
    grant = a_grant()
    assert await write_grant(store, WORKSPACE, "grant", grant, now=NOW)
    found = []
    for _ in range(turns):
        there = (await read(store, grant="grant")).grant
        token = a_refresh_token()
        grant = turned(grant, token, NOW, Seen())
        assert await write_grant(store, WORKSPACE, "grant", grant, now=NOW, read=there, successor=token)
        found.append((grant, token))
    return found


async def test_what_was_written_is_read(store: Store) -> None:
    [(grant, token)] = await put(store, turns=1)
    there = (await read(store, grant="grant")).grant
    assert there is not None
    assert there.grant == grant
    assert await read_successor(store, WORKSPACE, "grant", grant) == token


async def test_a_copy_is_of_no_use_to_who_read_the_grant_before(store: Store) -> None:
    [(before, _), (after, token)] = await put(store, turns=2)
    assert await read_successor(store, WORKSPACE, "grant", before) is None
    assert await read_successor(store, WORKSPACE, "grant", after) == token


async def test_a_copy_opens_at_its_place_only(store: Store) -> None:
    [(grant, _)] = await put(store, turns=1)
    keys = store.keys(WORKSPACE)
    await store.client.copy(keys.grant_successor("grant"), keys.grant_successor("other"))
    assert await read_successor(store, WORKSPACE, "other", grant) is None


async def test_of_many_who_read_the_same_one_writes(store: Store) -> None:
    [(grant, _)] = await put(store, turns=1)
    there = (await read(store, grant="grant")).grant
    later = [turned(grant, a_refresh_token(), NOW, Seen()) for _ in range(8)]
    written = await asyncio.gather(
        *(write_grant(store, WORKSPACE, "grant", one, now=NOW, read=there) for one in later)
    )
    assert sorted(written) == [False] * 7 + [True]
    found = (await read(store, grant="grant")).grant
    assert found is not None
    assert found.grant == later[written.index(True)]


async def test_an_ended_grant_does_not_come_back(store: Store) -> None:
    [(grant, _)] = await put(store, turns=1)
    there = (await read(store, grant="grant")).grant
    await delete_grant(store, WORKSPACE, "grant")
    later = turned(grant, a_refresh_token(), NOW, Seen())
    assert not await write_grant(store, WORKSPACE, "grant", later, now=NOW, read=there)
    assert (await read(store, grant="grant")).grant is None
    assert await read_successor(store, WORKSPACE, "grant", grant) is None
