"""Repeats an action if its script finds that the data on which it was decided has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import Busy
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import TypeVar

    from admitone.usecases.shared.services import Caller

    T = TypeVar("T")
    State = TypeVar("State")

ATTEMPTS = 3
"""How often an action is tried before it is refused as Busy."""


async def settle(caller: Caller, attempt: Callable[[Caller], Awaitable[T | None]]) -> T:
    """The first result of `attempt` that is not None; after each None the caller is read again.

    `attempt` gets the caller, read again each time, and returns None if the store's script found that the
    configuration, the link or the booking has changed since it was read.

    Raises Busy after the last attempt, and what `attempt` and `refreshed` raise.
    """
    return await settle_from(caller, attempt, reread=refreshed)


async def settle_from(
    state: State,
    attempt: Callable[[State], Awaitable[T | None]],
    *,
    reread: Callable[[State], Awaitable[State]],
) -> T:
    """As `settle`, for an action that is decided on `state`; `reread` returns the current state."""
    for number in range(ATTEMPTS):
        if number > 0:
            state = await reread(state)
        result = await attempt(state)
        if result is not None:
            return result
    raise Busy


async def settle_alone(attempt: Callable[[], Awaitable[T | None]], *, attempts: int = ATTEMPTS) -> T:
    """As `settle`, for an attempt that itself reads its data."""
    for _ in range(attempts):
        result = await attempt()
        if result is not None:
            return result
    raise Busy


class RememberedTooLongError(Exception):
    """The data that this process remembered of a caller is out of date: the caller must be read again."""


async def refreshed(caller: Caller) -> Caller:
    """The same caller with the current configuration, link and booking.

    Raises RememberedTooLongError if the caller was taken from this process's memory and never read.
    """
    before = caller.snapshot
    if before.is_remembered:
        raise RememberedTooLongError
    wanted = Wanted(
        link=before.link.id if before.link else None,
        booking=before.booking.id if before.booking else None,
    )
    snapshot = await read_snapshot(before.store, caller.workspace, wanted)
    return msgspec.structs.replace(caller, snapshot=snapshot)
