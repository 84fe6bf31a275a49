"""What a start of this version would do to the data, found without changing anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.store.keys import META
from admitone.store.migrations.migrate import upgrades_from
from admitone.store.migrations.passes import check_all
from admitone.store.processes import older_processes
from admitone.store.redis.coalescer import Command
from admitone.store.schema import SCHEMA, check_stamp, parse_stamp

if TYPE_CHECKING:
    from admitone.store.store import Store


class Outlook(msgspec.Struct, frozen=True):
    """The `schema` of the data, the kinds of records that a migration changes, the processes in its way.

    `is_begun` says that a migration was interrupted, which the next start goes on with.
    """

    schema: int
    kinds: Sequence[str] = ()
    older: Sequence[str] = ()
    is_begun: bool = False

    @property
    def is_current(self) -> bool:
        """Whether there is nothing to migrate."""
        return self.schema == SCHEMA


async def look_ahead(store: Store) -> Outlook | None:
    """The outlook, None if there are no data. `store` serves, but has not been brought up to date.

    Raises SchemaError if this version cannot use the data, as the start would; Busy.
    """
    [parts] = await store.send(Command(("HGETALL", META)))
    if not parts:
        return None
    texts = [part.decode() for part in parts]
    found = parse_stamp(dict(zip(texts[::2], texts[1::2], strict=True)))
    check_stamp(found, store.partitions, store.sealer)
    schema = found.migrating or found.schema
    if schema == SCHEMA:
        return Outlook(schema)
    upgrades = upgrades_from(schema)
    await check_all(store, upgrades)
    return Outlook(
        schema,
        kinds=sorted(upgrades),
        older=await older_processes(store),
        is_begun=found.migrating != 0,
    )
