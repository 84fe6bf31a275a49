"""Restores a backup into an empty Redis.

1. The whole file is read and written to a private folder as snapshots: a file that was cut or altered ends
   here, and nothing has changed.
2. A temporary server loads a snapshot. Its stamp, the secret key and the format of its data are judged.
3. The target gets a stamp with which no server starts.
4. All keys are copied.
5. In one step the target gets the true stamp, and the pause that keeps workers from repeating jobs of then.

Interrupted after 3, it is repeated from 1 with the same file; each key is replaced by itself.
"""

from __future__ import annotations

import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from redis.exceptions import RedisError, ResponseError

from admitone.store.backup.archive import Manifest, read_archive
from admitone.store.backup.backup import told
from admitone.store.backup.copy import check_readable, copy_keys, dump_stamp
from admitone.store.backup.errors import BackupError, UnfitServerError
from admitone.store.backup.rdb_server import SNAPSHOT, snapshot_server
from admitone.store.keys import META, PAUSED
from admitone.store.outbox.pause import Pause
from admitone.store.redis.connect import CLIENT_NAME
from admitone.store.schema import RESTORING, check_stamp, read_stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redis.asyncio import Redis

    from admitone.sealing import Sealer
    from admitone.store.backup.backup import Tell

ATTEMPTED: Final = "backup"
"""The field of an unfinished stamp that names the backup."""


class Restored(msgspec.Struct, frozen=True):
    """What was restored: the number of keys, and what the backup says of itself."""

    keys: int
    manifest: Manifest


class Restore:
    """A restore into `target`, for `partitions` and the keys of `sealer`; see the head of this file."""

    def __init__(
        self, target: Redis, partitions: int, sealer: Sealer, programs: Sequence[Path], tell: Tell
    ) -> None:
        self._target = target
        self._partitions = partitions
        self._sealer = sealer
        self._programs = programs
        self._tell = tell

    async def run(self, path: Path, keys: Mapping[str, bytes]) -> Restored:
        """Restore the backup at `path`, sealed with one of `keys`.

        Raises BackupError and SchemaError. Unless the text says otherwise, nothing has changed.
        """
        with ExitStack() as stack:
            try:
                with read_archive(path, keys) as archive:
                    manifest = archive.manifest
                    await self._check_target(manifest)
                    folders = []
                    for _ in range(manifest.primaries):
                        folder = Path(
                            stack.enter_context(tempfile.TemporaryDirectory(prefix="admitone-restore-"))
                        )
                        folders.append(folder)
                        with (folder / SNAPSHOT).open("wb") as file:
                            for block in told(archive.part(), "reading", self._tell):
                                file.write(block)
                    archive.finish()
            except OSError as error:
                raise BackupError(
                    f"The snapshot cannot be written to {tempfile.gettempdir()}: {error.strerror}. TMPDIR "
                    "names another folder."
                ) from error
            return await self._restore(folders, manifest)

    async def _check_target(self, manifest: Manifest) -> None:
        """Refuse a target that is in use; one in which this backup is half restored is fine."""
        try:
            size = await self._target.dbsize()
            [schema, backup] = await self._target.hmget(META, ["schema", ATTEMPTED])
            others = await _others(self._target)
        except RedisError as error:
            raise BackupError(f"The target cannot be read: {str(error).rstrip('.')}.") from error
        if schema == RESTORING.encode() and backup != manifest.id.encode():
            raise BackupError(
                "A restore of another backup was interrupted here. Run it again with that file, or empty "
                "this Redis (of the embedded server: remove its data directory, but keep secret.key)."
            )
        if size and schema != RESTORING.encode():
            raise BackupError(
                f"The target is not empty: it holds {size:,} keys. A backup is restored into an empty Redis "
                "only, or into a new ADMITONE_DATA_DIR. Nothing was changed."
            )
        if others:
            raise BackupError(
                f"{others} connections of servers, workers or commands use the target. Stop them first."
            )

    async def _restore(self, folders: Sequence[Path], manifest: Manifest) -> Restored:
        unfit = []
        for binary in self._programs:
            try:
                count = await self._restore_with(binary, folders, manifest)
            except UnfitServerError as error:
                unfit.append(str(error))
            else:
                return Restored(count, manifest)
        head = f"No server program here loads what {manifest.server} wrote and writes what the target reads:"
        advice = (
            "Set ADMITONE_REDIS_SERVER to the path of a program like the target, or restore into a newer "
            "target. Nothing was changed."
        )
        raise BackupError("\n".join((head, *unfit, advice)))

    async def _restore_with(self, binary: Path, folders: Sequence[Path], manifest: Manifest) -> int:
        """Restore with this program; returns the number of keys. It is unfit only before any change."""
        count = 0
        for place, folder in enumerate(folders):
            async with snapshot_server(binary, folder, manifest.database) as source:
                if place == 0:
                    stamp = await self._begin(source, manifest)
                before = count
                async for copied in copy_keys(source, self._target):
                    count = before + copied
                    self._tell(f"restoring: {count:,} keys")
        await self._end(stamp, manifest)
        return count

    async def _begin(self, source: Redis, manifest: Manifest) -> bytes:
        """Judge what is to be restored, then close the target to servers; returns the stamp, dumped."""
        stamp = await read_stamp(source)
        if stamp is None:
            raise BackupError("The backup holds no data of Admit One.")
        check_stamp(stamp, self._partitions, self._sealer)
        await check_readable(source, self._target)
        await self._target.hset(META, mapping={"schema": RESTORING, ATTEMPTED: manifest.id})
        return await dump_stamp(source)

    async def _end(self, stamp: bytes, manifest: Manifest) -> None:
        """Open the target to servers, with workers paused."""
        since = int(time.time()) + 1  # rounded up: everything that waits now is of then
        pause = Pause(since=since, made_at=manifest.made_at)
        async with self._target.pipeline(transaction=True) as pipeline:
            pipeline.restore(META, 0, stamp, replace=True)
            pipeline.set(PAUSED, msgspec.json.encode(pause))
            await pipeline.execute()


async def _others(client: Redis) -> int:
    """The number of other connections of Admit One to the same database, as far as Redis shows them."""
    async with client.client() as one:
        own = await one.client_id()
        try:
            clients: list[dict[str, str]] = await one.client_list(_type="normal")
        except ResponseError:  # providers forbid CLIENT LIST
            return 0
    database = str(client.connection_pool.connection_kwargs.get("db") or 0)
    return sum(
        one["name"].startswith(CLIENT_NAME) and one["db"] == database and one["id"] != str(own)
        for one in clients
    )
