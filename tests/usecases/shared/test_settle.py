"""An action is tried again with what it is decided upon read again, three times in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.domain.errors import Busy
from admitone.store.records.configuration.snapshot import remembered_snapshot
from admitone.usecases.shared.services import Caller
from admitone.usecases.shared.settle import (
    ATTEMPTS,
    RememberedTooLongError,
    settle,
    settle_alone,
    settle_from,
)
from tests.support.factories import WORKSPACE, a_user
from tests.support.store.actions import (
    a_store,
    a_write,
    put_booking,
    put_records,
    read,
    the_booking,
    try_cancel,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.domain.bookings.booking import Booking
    from admitone.store.store import Store

USER = a_user()


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[Store]:
    async with a_store(redis_url) as made:
        await put_records(made, a_write("user", USER))
        yield made


async def test_the_caller_is_read_again_with_configuration_and_booking(store: Store) -> None:
    booking = await put_booking(store, users=[USER.id])
    caller = Caller(await read(store, booking=booking.id, records=(("user", USER.id),)), USER)
    seen: list[tuple[str, str]] = []

    async def attempt(caller: Caller) -> Booking | None:
        [user] = await caller.snapshot.load(("user", USER.id))
        assert caller.snapshot.booking
        seen.append((user.name, caller.snapshot.booking.status))
        if len(seen) == 1:
            renamed = msgspec.structs.replace(USER, name="Another name")
            version = caller.snapshot.version("user", USER.id)
            await put_records(store, a_write("user", renamed, version=version))
            await try_cancel(store, await the_booking(store, booking.id))
            return None
        return caller.snapshot.booking

    assert (await settle(caller, attempt)).status == "cancelled"
    assert seen == [(USER.name, "scheduled"), ("Another name", "cancelled")]


async def test_three_attempts_that_found_changes_are_busy() -> None:
    tried: list[int] = []

    async def attempt(state: int) -> str | None:
        tried.append(state)
        return None

    async def reread(state: int) -> int:
        return state + 1

    with pytest.raises(Busy):
        await settle_from(0, attempt, reread=reread)
    assert tried == list(range(ATTEMPTS)) == [0, 1, 2]


async def test_an_attempt_may_read_everything_itself() -> None:
    results = iter([None, "done", "not reached"])

    async def attempt() -> str | None:
        return next(results)

    assert await settle_alone(attempt) == "done"
    assert next(results) == "not reached"


async def test_a_caller_who_was_never_read_is_looked_up_instead(store: Store) -> None:
    async def attempt(_: Caller) -> str | None:
        return None

    with pytest.raises(RememberedTooLongError):
        await settle(Caller(remembered_snapshot(store, WORKSPACE), USER), attempt)
