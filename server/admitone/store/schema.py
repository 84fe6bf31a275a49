"""The stamp of a database: the schema of its data, the number of partitions, a proof of the secret key.

The schema number names the format of everything that is stored. Whatever changes the format raises the number
and brings a migration (store/migrations). The proof is a sealed text: a server with a wrong secret key cannot
open it, and stops before it writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from admitone.sealing import Kept, UnsealError, key_of
from admitone.store.codes import Code
from admitone.store.keys import META

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redis.asyncio import Redis

    from admitone.sealing import Sealer
    from admitone.store.store import Store

SCHEMA: Final = 9
RESTORING: Final = "restoring"
"""Stands in the place of the schema while a restore is under way: no server starts on half of the data."""


class SchemaError(Exception):
    """The data cannot be used by this version of Admit One, these partitions or these secret keys."""


class Stamp(msgspec.Struct, frozen=True):
    """The stamp of data in use. `migrating` is the schema from which a migration has begun, 0 if none has.

    `proof` is empty in early data of schema 1.
    """

    schema: int
    partitions: int
    proof: str = ""
    migrating: int = 0


async def stamp(store: Store) -> int:
    """Stamp an empty database, or check the stamp of one in use.

    Returns the schema from which the data must be migrated; SCHEMA if they are up to date. Raises SchemaError
    before any change.
    """
    proof = store.sealer.seal(Kept.PROOF, META, b"")
    arguments = {"schema": SCHEMA, "partitions": store.partitions, "proof": proof}
    answer = await store.call("stamp", {"meta": META}, arguments)
    names = ("schema", "partitions", "proof", "migrating")
    texts = (value.decode() for value in answer.rest)
    found = parse_stamp({name: text for name, text in zip(names, texts, strict=True) if text})
    if answer.code is not Code.OK:
        check_stamp(found, store.partitions, store.sealer)
    return found.migrating or found.schema


async def read_stamp(client: Redis) -> Stamp | None:
    """The stamp, None if there are no data. Raises SchemaError if a restore is not finished."""
    fields: Any = await client.hgetall(META)
    return parse_stamp({name.decode(): text.decode() for name, text in fields.items()}) if fields else None


def check_stamp(found: Stamp, partitions: int, sealer: Sealer) -> None:
    """Raise SchemaError if this version, this number of partitions or these keys cannot use the data."""
    if found.schema > SCHEMA:
        raise SchemaError(
            f"The data in Redis has schema {found.schema}; this version of Admit One knows {SCHEMA}. "
            "Run the version that wrote it, or a newer one."
        )
    if found.partitions != partitions:
        raise SchemaError(
            f"The data in Redis is spread over {found.partitions} partitions, and ADMITONE_PARTITIONS is "
            f"{partitions}. Set it back: it cannot change once there are data."
        )
    if found.proof:
        _check_key(sealer, found.proof)


def parse_stamp(fields: Mapping[str, str]) -> Stamp:
    """The stamp in the fields of its hash. Raises SchemaError if a restore is not finished."""
    if fields["schema"] == RESTORING:
        raise SchemaError(
            "A restore into this Redis was interrupted. Run `admitone restore` with the same file again, or "
            "empty this Redis (of the embedded server: remove its data directory, but keep secret.key)."
        )
    return msgspec.convert(fields, Stamp, strict=False)


def _check_key(sealer: Sealer, proof: str) -> None:
    try:
        sealer.open(Kept.PROOF, META, proof)
    except UnsealError:
        raise SchemaError(
            f"The data in Redis is sealed with a secret key {key_of(proof)}, which is not in "
            "ADMITONE_SECRET_KEY (where that is not set: not in the file secret.key of ADMITONE_DATA_DIR). "
            "Put it back; docs/secrets.md tells how to change it."
        ) from None
