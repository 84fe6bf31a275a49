"""The sessions and grants of one user: an index, by which they are listed and ended.

The index decides nothing: a record that it lacks works, and an entry whose record is gone is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from admitone.store.redis.coalescer import Command

if TYPE_CHECKING:
    from admitone.store.keys import WorkspaceKeys
    from admitone.store.store import Store

Kind = Literal["session", "grant"]
LONGEST = 90 * 86_400
"""Seconds for which the longest-lived of them is kept without use: a grant."""
MOST = 200
"""Entries that are read at most: those that expire last."""


def entered(keys: WorkspaceKeys, kind: Kind, record_id: str, user: str, until: int) -> list[Command]:
    """The commands that enter a record which expires at `until` (epoch seconds)."""
    index = keys.access(user)
    return [Command(("ZADD", index, until, f"{kind}:{record_id}")), Command(("EXPIRE", index, LONGEST))]


async def read_access(store: Store, workspace: str, user: str, now: int) -> list[tuple[Kind, str, bytes]]:
    """The user's sessions and grants: kind, id and document of each, those that expire last first."""
    keys = store.keys(workspace)
    index = keys.access(user)
    names: list[bytes]
    _, names = await store.send(
        Command(("ZREMRANGEBYSCORE", index, "-inf", now)), Command(("ZREVRANGE", index, 0, MOST - 1))
    )
    entries = [name.decode().split(":") for name in names]
    if not entries:
        return []
    places = [keys.session(one) if kind == "session" else keys.grant(one) for kind, one in entries]
    texts = await store.send(*(Command(("GET", place)) for place in places))
    if gone := [name for name, text in zip(names, texts, strict=True) if text is None]:
        await store.send(Command(("ZREM", index, *gone)))
    return [
        ("session" if kind == "session" else "grant", one, text)
        for (kind, one), text in zip(entries, texts, strict=True)
        if text is not None
    ]
