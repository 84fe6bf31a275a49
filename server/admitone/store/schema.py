"""The stamp of a database: which schema its keys follow, and over how many partitions they are spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.codes import Code
from admitone.store.keys import META

if TYPE_CHECKING:
    from admitone.store.store import Store

SCHEMA = 1


class SchemaError(Exception):
    """The database was written by a newer Admit One, or with another number of partitions."""


async def stamp(store: Store) -> None:
    """Stamp an empty database; check one in use. Raises SchemaError, having changed nothing."""
    answer = await store.call("stamp", [META], {"schema": SCHEMA, "partitions": store.partitions})
    if answer.code is Code.OK:
        return
    schema, partitions = (int(value) for value in answer.rest)
    if schema > SCHEMA:
        raise SchemaError(
            f"The data in Redis has schema {schema}; this version of Admit One knows {SCHEMA}. "
            "Run the version that wrote it, or a newer one."
        )
    if partitions != store.partitions:
        raise SchemaError(
            f"The data in Redis is spread over {partitions} partitions, and ADMITONE_PARTITIONS is "
            f"{store.partitions}. Set it back: it cannot change once there are data."
        )
