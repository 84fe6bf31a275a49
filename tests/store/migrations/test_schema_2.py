"""The formats that schema 1 named become the one of schema 2, and keep what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.store.migrations.all_migrations import MIGRATIONS
from admitone.store.migrations.migration import Record
from admitone.store.migrations.record_scan import KINDS, scan_records
from admitone.store.migrations.schema_2 import TO_SCHEMA_2
from admitone.store.records.documents import unseal_manage_token
from admitone.store.records.mail.mails import note_trying, read_mail_state
from admitone.store.records.readers import read_bookings, read_links
from admitone.store.schema import SCHEMA
from tests.support.factories import SEALER, WORKSPACE
from tests.support.store.actions import a_store
from tests.support.store.earlier_data import SOME_RECORDS, put_earlier
from tests.support.store.stored_data import StoredWorkspace, read_workspace, workspace_files, workspace_of

if TYPE_CHECKING:
    from pathlib import Path

    from redis.asyncio import Redis

    from admitone.store.store import Store

FIRST, *_ = (read_workspace(file) for file in workspace_files())
APPLY = {upgrade.kind: upgrade.apply for upgrade in TO_SCHEMA_2.upgrades}


def upgraded(kind: str, values: list[object]) -> list[object]:
    """The values of a record after the migration."""
    return list(APPLY[kind](Record(kind, "key", WORKSPACE, "id", values), SEALER))


def is_erased(record: Record) -> bool:
    """Whether the record is what stays of a booking that was erased."""
    return record.kind == "booking" and b"deleted" in record.values[0]


async def all_records(store: Store) -> list[Record]:
    """Every record in the store."""
    return [record async for _, records in scan_records(store) for record in records]


@pytest.mark.parametrize("stored", [*SOME_RECORDS, FIRST], ids=lambda stored: stored.about[:40])
async def test_links_and_bookings_keep_their_tokens(
    stored: StoredWorkspace, redis: Redis, redis_url: str
) -> None:
    await put_earlier(redis, stored)
    names = stored.names
    async with a_store(redis_url) as store:
        for name in ("again", "personalised"):
            [link] = await read_links(store, WORKSPACE, [names[f"link_{name}"]])
            assert link.code == names[f"code_of_{name}"]
        for name in ("of_again", "of_again_again", "rescheduled"):
            [booking] = await read_bookings(store, WORKSPACE, [names[f"booking_{name}"]])
            assert unseal_manage_token(WORKSPACE, booking, SEALER) == names[f"token_of_{name}"]
            assert booking.data.timezone == "Europe/Paris"
            assert booking.data.event_type_name == "Consultation"
        [again] = await read_links(store, WORKSPACE, [names["link_again"]])
        assert list(again.bookings) == [names["booking_of_again"], names["booking_of_again_again"]]
        assert again.booked == names["booking_of_again_again"]


@pytest.mark.parametrize("file", workspace_files(), ids=lambda file: file.stem)
async def test_a_migrated_record_is_not_changed_again(file: Path, redis: Redis, redis_url: str) -> None:
    await put_earlier(redis, read_workspace(file))
    async with a_store(redis_url) as store:
        records = await all_records(store)
        if file == workspace_of(SCHEMA):
            assert {record.kind for record in records} == set(KINDS) - {"report"}  # of schema 6 and before
        for record in records:
            for migration in MIGRATIONS:
                for upgrade in migration.upgrades:
                    # Bookings are erased since schema 3: the migration to schema 2 never meets one.
                    if upgrade.kind == record.kind and not is_erased(record):
                        assert upgrade.apply(record, SEALER) is record.values


async def test_a_mail_that_was_sent_is_not_sent_again(redis: Redis, redis_url: str) -> None:
    await put_earlier(redis, FIRST)
    names = FIRST.names
    sent, trying = f"{names['booking_scheduled']}-1", f"{names['booking_scheduled']}-0"
    async with a_store(redis_url) as store:
        now = await now_of(redis)
        assert (await read_mail_state(store, WORKSPACE, sent, now)).is_sent
        assert (await read_mail_state(store, WORKSPACE, "kept", now)).is_sent
        assert (await read_mail_state(store, WORKSPACE, trying, now)).trying == "attempt"
        assert await note_trying(store, WORKSPACE, sent, now, "again") is None


async def now_of(redis: Redis) -> int:
    """The time of Redis, in epoch seconds; the migration notes mails as sent by the time of day."""
    seconds, _ = await redis.time()
    return seconds


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({b"bookings": b"a"}, {b"earlier": b"a"}),
        ({b"bookings": b"a", b"booked": b"a"}, {b"booked": b"a"}),
        ({b"bookings": b"a,b", b"booked": b"b"}, {b"booked": b"b", b"earlier": b"a"}),
        ({b"bookings": b"a", b"booked": b"b"}, {b"booked": b"b", b"earlier": b"a"}),
        ({b"bookings": b"a", b"earlier": b"b", b"booked": b"c"}, {b"earlier": b"a,b", b"booked": b"c"}),
        ({b"bookings": b"a", b"earlier": b"a,b"}, {b"earlier": b"a,b"}),
    ],
    ids=[
        "free",
        "booked",
        "booked again",
        "booked by a later version",
        "and freed",
        "freed by a later version",
    ],
)
def test_a_link_lists_its_bookings_once(before: dict[bytes, bytes], after: dict[bytes, bytes]) -> None:
    assert upgraded("link", [before]) == [after]


def test_members_of_a_workspace_that_exists_see_everything() -> None:
    before = {b"counter": b"7", b"settings:-": b'5 {"name":"Acme","created_at":1}'}
    [after] = upgraded("config", [before])
    assert after == before | {b"settings:-": b'5 {"name":"Acme","created_at":1,"members_see":"all"}'}
    own = {b"settings:-": b'5 {"name":"Acme","created_at":1,"members_see":"own"}'}
    assert upgraded("config", [own]) == [own]
    assert upgraded("config", [{b"counter": b"1"}]) == [{b"counter": b"1"}]
