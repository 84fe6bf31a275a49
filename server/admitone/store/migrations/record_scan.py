"""Finds all stored records, reads them, and rewrites one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from admitone.store.codes import Code
from admitone.store.migrations.migration import Record
from admitone.store.migrations.record_kinds import CLAIM, RECORDS
from admitone.store.records.documents import text_map
from admitone.store.redis.coalescer import Command
from admitone.store.redis.scan import scan_keys

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from admitone.store.migrations.migration import Values
    from admitone.store.migrations.record_kinds import Type
    from admitone.store.store import Store

KINDS = {**RECORDS, "claim": CLAIM}
_KEY = re.compile(
    r"ao:(?:\{p\d+\}:(?P<workspace>[0-9A-Z]{4}):(?:"
    + "|".join(f"(?P<{name}>{kind.key})" for name, kind in RECORDS.items())
    + r")|(?P<claim>\{dir:[^}]+\}))"
)

Place = tuple[str, str, str, str]
"""Where a record is: its kind, its first key, its workspace and its id."""


async def scan_records(store: Store) -> AsyncIterator[tuple[int, list[Record]]]:
    """All records in steps, each with the number of Redis keys that the step examined. Raises Busy."""
    async for keys in scan_keys(store):
        places = list(_places(keys))
        large = [place for place in places if KINDS[place[0]].is_large]
        yield len(keys), await _read(store, [place for place in places if place not in large])
        for place in large:
            yield 0, await _read(store, [place])


async def read_again(store: Store, record: Record) -> Record | None:
    """The record as it is now, or None if it is gone."""
    found = await _read(store, [(record.kind, record.key, record.workspace, record.id)])
    return found[0] if found else None


async def rewrite(store: Store, record: Record, values: Values) -> bool:
    """Write the new values of a record; False if it has changed since it was read."""
    for (key, type_), old, new in zip(_parts(record.kind, record.key), record.values, values, strict=True):
        if old == new:
            continue
        if type_ == "hash":
            answer = await store.call("hash_rewrite", {"holder": key}, hash_changes(old, new))
        elif type_ == "string":
            arguments = {"expected": old.decode(), "sealed": new.decode()}
            answer = await store.call("text_reseal", {"holder": key}, arguments)
        else:
            raise TypeError(f"no migration has rewritten a {type_} yet")
        if answer.code is not Code.OK:
            return False
    return True


def hash_changes(old: dict[bytes, bytes], new: dict[bytes, bytes]) -> dict[str, list[str]]:
    """The arguments of the script that makes the hash `new` of `old`."""
    changed = [name for name in old if new.get(name) != old[name]]
    written = [name for name in new if old.get(name) != new[name]]
    return {
        "expected": [part.decode() for name in changed for part in (name, old[name])],
        "set": [part.decode() for name in written for part in (name, new[name])],
        "unset": [name.decode() for name in changed if name not in new],
    }


def _places(keys: Sequence[str]) -> Iterator[Place]:
    for key in keys:
        if match := _KEY.fullmatch(key):
            assert match.lastgroup
            workspace = match["workspace"] or ""
            rest = key.rpartition(f":{workspace}:")[2] if workspace else ""
            yield match.lastgroup, key, workspace, rest.partition(":")[2].partition(":")[0]


def _parts(kind: str, key: str) -> list[tuple[str, Type]]:
    return [(f"{key}{suffix}", type_) for suffix, type_ in KINDS[kind].parts]


async def _read(store: Store, places: Sequence[Place]) -> list[Record]:
    """The records at these places; those that have gone meanwhile are left out."""
    parts = [part for kind, key, *_ in places for part in _parts(kind, key)]
    answers = iter(await store.send(*(_command(*part) for part in parts)) if parts else ())
    found = []
    for kind, key, workspace, record_id in places:
        values = [_value(type_, next(answers)) for _, type_ in KINDS[kind].parts]
        if values[0]:
            found.append(Record(kind, key, workspace, record_id, values))
    return found


def _command(key: str, type_: Type) -> Command:
    if type_ == "stream":
        return Command(("XRANGE", key, "-", "+"))
    if type_ == "list":
        return Command(("LRANGE", key, 0, -1))
    return Command(("HGETALL" if type_ == "hash" else "GET", key))


def _value(type_: Type, answer: Any) -> Any:
    return {name.encode(): value for name, value in text_map(answer).items()} if type_ == "hash" else answer
