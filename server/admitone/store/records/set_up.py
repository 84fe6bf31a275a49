"""What Home says of a user's set-up: what waits for it, and the extension."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.keys import WorkspaceKeys
    from admitone.store.store import Store

UNWANTED = "unwanted"


class Waits(msgspec.Struct, frozen=True):
    """How many mails wait for the user's mailbox, and how many bookings to come the user takes part in.

    `extension` is when an app last got a token for the user (epoch seconds), or UNWANTED, or None.
    """

    mails: int
    bookings: int
    extension: int | str | None


async def read_waits(store: Store, workspace: str, user: str, now: int) -> Waits:
    """What there is now, in one trip."""
    keys = store.keys(workspace)
    mails, bookings, extension = await store.send(
        Command(("ZCOUNT", keys.waiting_of(user), f"({now}", "+inf")),
        Command(("ZCOUNT", keys.occupied(user), now, "+inf")),
        Command(("HGET", keys.extension, user)),
    )
    text = extension.decode() if extension else None
    return Waits(mails, bookings, text if text in {None, UNWANTED} else int(text))


def app_used(keys: WorkspaceKeys, user: str, now: int) -> Command:
    """The command that notes that an app got a token for the user."""
    return Command(("HSET", keys.extension, user, now))


async def refuse_extension(store: Store, workspace: str, user: str) -> None:
    """Note that the user does not want the extension, until an app gets a token for them."""
    await store.send(Command(("HSET", store.keys(workspace).extension, user, UNWANTED)))
