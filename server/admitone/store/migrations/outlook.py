"""What a start of this version would do to the data, found without changing anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.store.migrations.migrate import upgrades_from
from admitone.store.migrations.passes import check_all
from admitone.store.processes import older_processes
from admitone.store.schema import SCHEMA, check_stamp, read_stamp

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
    found = await read_stamp(store.client)
    if found is None:
        return None
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
