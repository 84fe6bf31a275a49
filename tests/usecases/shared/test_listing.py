"""Lists while records are deleted: the index was read before, the records after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.store.records.configuration.configuration import RecordWrite, read_records
from admitone.usecases.shared.listing import filtered_listing
from tests.support.factories import NOW, WORKSPACE, a_user
from tests.support.store.actions import a_store, put_records

if TYPE_CHECKING:
    from collections.abc import Sequence


async def test_a_record_that_is_deleted_between_index_and_record_is_left_out(redis_url: str) -> None:
    users = [a_user(id=name, email=f"{name}@host.test") for name in ("ann", "bob", "cal", "dot")]
    async with a_store(redis_url) as store:

        async def read(ids: Sequence[str]) -> list[Any]:
            await put_records(
                store, RecordWrite(kind="user", id="bob", version=1, record=None, created_at=NOW)
            )
            return await read_records(store, WORKSPACE, "user", ids)

        await put_records(
            store,
            *(
                RecordWrite(kind="user", id=user.id, version=0, record=user, created_at=NOW + place)
                for place, user in enumerate(users)
            ),
        )
        found = await filtered_listing(
            store,
            store.keys(WORKSPACE).config_list("user"),
            cursor=None,
            limit=2,
            newest_first=False,
            read=read,
            matches=lambda _: True,
        )
    assert [user.id for user in found.items] == ["ann", "cal"]
    assert found.next_cursor is not None


async def test_a_filter_that_rejects_few_reads_few_more(redis_url: str) -> None:
    users = [a_user(id=f"user-{number:03}", email=f"u{number}@host.test") for number in range(150)]
    known = {user.id: user for user in users}
    looked_at: list[str] = []
    async with a_store(redis_url) as store:
        writes = [
            RecordWrite(kind="user", id=user.id, version=0, record=user, created_at=NOW + place)
            for place, user in enumerate(users)
        ]
        await put_records(store, *writes)

        async def read(ids: Sequence[str]) -> list[Any]:
            looked_at.extend(ids)
            return [known[each] for each in ids]

        found = await filtered_listing(
            store,
            store.keys(WORKSPACE).config_list("user"),
            cursor=None,
            limit=25,
            newest_first=False,
            read=read,
            matches=lambda user: not user.id.endswith("5"),
        )
    assert len(found.items) == 25
    assert looked_at == sorted(looked_at)
    assert len(looked_at) < 40
