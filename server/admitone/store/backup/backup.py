"""Makes a backup: a snapshot of each primary, written beside the file's place, verified, and then renamed."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from redis.exceptions import RedisError

from admitone.store.backup.archive import Manifest, read_archive, written_archive
from admitone.store.backup.errors import BackupError, UnfitServerError
from admitone.store.backup.rdb_check import check_rdb
from admitone.store.backup.sync import snapshot
from admitone.store.schema import read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from redis.asyncio import Redis

Tell = Callable[[str], None]
"""Takes progress, as a text for people, many times a second."""


async def make_backup(
    clients: Sequence[Redis], path: Path, keys: Mapping[str, bytes], programs: Sequence[Path], tell: Tell
) -> Manifest:
    """Back up the data of all primaries, of which the first has the stamp, to `path`; returns what it holds.

    `keys` are `{id: 32 bytes}`; the first seals. One of the server `programs` verifies the snapshots. An
    earlier file at `path` is replaced once the new one is verified, and not touched otherwise. Raises
    BackupError.
    """
    manifest = await _describe(clients)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with written_archive(draft, keys, manifest) as archive:
            count = 0
            for client in clients:
                async for piece in snapshot(client):
                    archive.write(piece)
                    count += len(piece)
                    tell(f"saving: {size_text(count)}")
                archive.end_part()
        try:
            verify_backup(draft, keys, programs, tell)
            draft.replace(path)
            _sync_folder(path.parent)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from error
    return manifest


def verify_backup(path: Path, keys: Mapping[str, bytes], programs: Sequence[Path], tell: Tell) -> Manifest:
    """Read a backup to its end: the file is whole, and one of the programs can load each snapshot.

    Returns what it holds. Raises BackupError.
    """
    unfit = []
    for binary in programs:
        try:
            return _verify(path, keys, binary, tell)
        except UnfitServerError as error:
            unfit.append(str(error))
    raise UnfitServerError(
        "\n".join(
            (*unfit, "Set ADMITONE_REDIS_SERVER to the path of a server that can, such as the one in use.")
        )
    )


def _verify(path: Path, keys: Mapping[str, bytes], binary: Path, tell: Tell) -> Manifest:
    with read_archive(path, keys) as archive:
        for _ in range(archive.manifest.primaries):
            check_rdb(told(archive.part(), "verifying", tell), binary)
        archive.finish()
        return archive.manifest


def told(blocks: Iterable[bytes], doing: str, tell: Tell) -> Iterator[bytes]:
    """The blocks; tells how much has gone by."""
    count = 0
    for block in blocks:
        count += len(block)
        tell(f"{doing}: {size_text(count)}")
        yield block


KILO = 1000


def size_text(count: int) -> str:
    """A number of bytes as people read it."""
    return f"{count / KILO:,.1f} kB" if count < KILO**2 else f"{count / KILO**2:,.1f} MB"


async def _describe(clients: Sequence[Redis]) -> Manifest:
    """The manifest of a backup that begins now."""
    first = clients[0]
    try:
        stamp = await read_stamp(first)
        facts: dict[str, Any] = await first.info("server")
    except RedisError as error:
        raise BackupError(f"Redis cannot be read: {str(error).rstrip('.')}.") from error
    if stamp is None:
        raise BackupError("There is nothing to back up: the Redis in use holds no data of Admit One.")
    return Manifest(
        id=secrets.token_hex(16),
        made_at=int(time.time()),
        version=version("admitone"),
        schema=stamp.schema,
        partitions=stamp.partitions,
        database=int(first.connection_pool.connection_kwargs.get("db") or 0),
        server=server_name(facts),
        primaries=len(clients),
    )


def server_name(facts: Mapping[str, Any]) -> str:
    """A server as people know it, such as `Valkey 9.1.2`, from its INFO."""
    if "valkey_version" in facts:
        return f"Valkey {facts['valkey_version']}"
    return f"Redis {facts['redis_version']}"


def _sync_folder(folder: Path) -> None:
    """Have the new name on the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
