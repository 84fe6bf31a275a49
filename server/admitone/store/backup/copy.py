"""Copies all keys of one Redis to another by DUMP and RESTORE, with their lifetimes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from redis.exceptions import RedisError, ResponseError

from admitone.store.backup.backup import server_name
from admitone.store.backup.errors import BackupError, UnfitServerError
from admitone.store.keys import META, MIGRATION_LOCK, PAUSED, PROCESSES, process

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from redis.asyncio import Redis

STEP: Final = 1000
"""The approximate number of keys in one step."""
TRIP_BYTES: Final = 8_000_000
"""About how much one round trip carries; a larger key goes alone."""
_OF_THEN: Final = (META, MIGRATION_LOCK, PROCESSES, PAUSED)
"""Keys that are not copied: the stamp comes last, by itself, and the others tell of processes of then."""
PROBE: Final = "ao:{meta}:probe"


async def check_readable(source: Redis, target: Redis) -> None:
    """Raise UnfitServerError if `target` cannot read what `source` dumps; it is left as it was.

    The format of DUMP has a number, and a server refuses what a much newer one writes.
    """
    payload = await dump_stamp(source)
    try:
        async with target.pipeline(transaction=True) as pipeline:
            pipeline.restore(PROBE, 0, payload)
            pipeline.delete(PROBE)
            await pipeline.execute()
    except ResponseError as error:
        writer = server_name(await source.info("server"))
        raise UnfitServerError(
            f"The target refuses what {writer} writes: {str(error).rstrip('.')}."
        ) from error


async def copy_keys(source: Redis, target: Redis) -> AsyncIterator[int]:
    """Move the keys from `source` to `target`, where keys of the same name are replaced; yields their number
    so far.

    A key is removed from the source when it is in the target, so both together take little more memory than
    the data. Lifetimes go on from what is left of them. Raises BackupError.
    """
    count, cursor = 0, 0
    try:
        while True:
            answer: Any = await source.scan(cursor, count=STEP)
            cursor, found = answer
            for names in await _trips(source, list(filter(_is_wanted, found))):
                count += await _copy(source, target, names)
                yield count
            if cursor == 0:
                return
    except RedisError as error:
        raise BackupError(
            f"The restore stopped: {str(error).rstrip('.')}. When that is repaired, run it again with the "
            "same file: it begins anew."
        ) from error


async def dump_stamp(source: Redis) -> bytes:
    """The stamp as DUMP has it; there must be one."""
    payload: Any = await source.dump(META)
    assert isinstance(payload, bytes)
    return payload


def _is_wanted(name: bytes) -> bool:
    text = name.decode(errors="replace")
    return text not in _OF_THEN and not text.startswith(process(""))


async def _trips(source: Redis, names: Sequence[bytes]) -> list[list[bytes]]:
    """The names in groups whose values are of a bearable size together."""
    async with source.pipeline(transaction=False) as pipeline:
        for name in names:
            pipeline.memory_usage(name)
        sizes = await pipeline.execute()
    trips: list[list[bytes]] = []
    size = TRIP_BYTES + 1
    for name, own in zip(names, sizes, strict=True):
        if size + (own or 0) > TRIP_BYTES:
            trips.append([])
            size = 0
        trips[-1].append(name)
        size += own or 0
    return trips


async def _copy(source: Redis, target: Redis, names: Sequence[bytes]) -> int:
    async with source.pipeline(transaction=False) as pipeline:
        for name in names:
            pipeline.dump(name)
            pipeline.pttl(name)
        answers: list[Any] = await pipeline.execute()
    found = list(_existing(names, answers))
    if found:
        async with target.pipeline(transaction=False) as pipeline:
            for name, payload, lifetime in found:
                pipeline.restore(name, lifetime, payload, replace=True)
            await pipeline.execute()
        await source.unlink(*names)
    return len(found)


def _existing(names: Sequence[bytes], answers: Sequence[Any]) -> Iterator[tuple[bytes, bytes, int]]:
    """Name, payload and lifetime in milliseconds (0 for none) of the keys that have not expired."""
    for name, payload, lifetime in zip(names, answers[::2], answers[1::2], strict=True):
        if payload is not None:
            yield name, payload, 0 if lifetime == -1 else max(lifetime, 1)
