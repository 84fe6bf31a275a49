"""The stamp of a database: the schema of its data, the number of partitions, a proof of the secret key.

The schema number names the format of everything that is stored. Whatever changes the format raises the number
and brings a migration (store/migrations). The proof is a sealed text: a server with a wrong secret key cannot
open it, and stops before it writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from admitone.sealing import Kept, UnsealError, key_of
from admitone.store.codes import Code
from admitone.store.keys import META

if TYPE_CHECKING:
    from admitone.store.store import Store

SCHEMA: Final = 9


class SchemaError(Exception):
    """The data cannot be used by this version of Admit One, these partitions or these secret keys."""


async def stamp(store: Store) -> int:
    """Stamp an empty database, or check the stamp of one in use.

    Returns the schema from which the data must be migrated; SCHEMA if they are up to date. Raises SchemaError
    before any change.
    """
    proof = store.sealer.seal(Kept.PROOF, META, b"")
    arguments = {"schema": SCHEMA, "partitions": store.partitions, "proof": proof}
    answer = await store.call("stamp", {"meta": META}, arguments)
    schema, partitions = (int(value) for value in answer.rest[:2])
    proof, migrating = (value.decode() for value in answer.rest[2:])
    if answer.code is Code.OK:
        return int(migrating or schema)
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
    if proof:  # early data of schema 1 lack it
        _check_key(store, proof)
    return int(migrating or schema)


def _check_key(store: Store, proof: str) -> None:
    try:
        store.sealer.open(Kept.PROOF, META, proof)
    except UnsealError:
        raise SchemaError(
            f"The data in Redis is sealed with a secret key {key_of(proof)}, which is not in "
            "ADMITONE_SECRET_KEY (where that is not set: not in the file secret.key of ADMITONE_DATA_DIR). "
            "Put it back; docs/secrets.md tells how to change it."
        ) from None
