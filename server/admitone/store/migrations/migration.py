"""What a migration declares: a schema number, and how records of some kinds change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from admitone.sealing import Sealer
    from admitone.store.store import Store

Values = Sequence[Any]
"""The values of the keys of one record, in the order in which its kind lists them.

A hash is a dict of bytes, a string bytes, a list a list of bytes, a stream a list of pairs: an id, and names
and values in turn. A key that does not exist is None.
"""


class Record(msgspec.Struct, frozen=True):
    """One stored record: its kind (store/migrations/record_kinds.py), its first key, and its values.

    `id` is what the key names after the kind; it is empty for records that a workspace has once, and
    `workspace` is empty for records that belong to none.
    """

    kind: str
    key: str
    workspace: str
    id: str
    values: Values


class Problem(msgspec.Struct, frozen=True):
    """Why a record cannot be read: a path such as `settings:-.accent`, and a sentence."""

    field: str
    reason: str


class UnreadableError(Exception):
    """A record cannot be upgraded."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.problem = Problem(field, reason)


Apply = Callable[[Record, "Sealer"], Values]
Write = Callable[["Store", Record, Values], Awaitable[bool]]
Enter = Callable[["Store", Record, Values], Awaitable[None]]


def unchanged(record: Record, _: Sealer) -> Values:
    """The values as they are."""
    return record.values


class Upgrade(msgspec.Struct, frozen=True):
    """How the records of one kind change.

    `apply` returns the new values, or those of the record if nothing is to change. A migration may be
    interrupted and begun again, so `apply` must recognise what it has changed before. It works on plain data,
    not on the structs of the domain, which change with later schemas. Raises UnreadableError.

    `write` replaces how new values are written: it returns False if the record has changed since it was read.
    `enter` enters the record, whose values are given as they are now, in indexes. It is called for every
    record of the kind, more than once if the migration is interrupted.
    """

    kind: str
    apply: Apply = unchanged
    write: Write | None = None
    enter: Enter | None = None


class Migration(msgspec.Struct, frozen=True):
    """The step to schema `to` from the one before it. Without `upgrades`, stored records stay as they are."""

    to: int
    upgrades: Sequence[Upgrade] = ()
