"""Makes and restores backups in a test's own process, with the keys of the test deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.backup.backup import make_backup
from admitone.store.backup.restore import Restore
from admitone.store.redis.connect import open_redis
from admitone.store.redis.primaries import primaries_at
from admitone.store.redis.redis_binary import server_programs
from tests.support.factories import SEALER
from tests.support.store.actions import PARTITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from admitone.sealing import Sealer
    from admitone.store.backup.archive import Manifest
    from admitone.store.backup.restore import Restored

KEYS = {"test": bytes(range(32))}
"""The keys of `tests.support.factories.SEALER`."""


def unheard(_: str) -> None:
    """Takes progress."""


async def back_up(url: str, file: Path, keys: Mapping[str, bytes] = KEYS) -> Manifest:
    """Back the Redis or the cluster at `url` up."""
    async with primaries_at(url) as clients:
        return await make_backup(clients, file, keys, server_programs(), unheard)


async def restore(
    file: Path,
    url: str,
    *,
    keys: Mapping[str, bytes] = KEYS,
    partitions: int = PARTITIONS,
    sealer: Sealer = SEALER,
    programs: Sequence[Path] = (),
) -> Restored:
    """Restore a backup into the Redis at `url`."""
    async with open_redis(url) as client:
        restoring = Restore(client, partitions, sealer, programs or server_programs(), unheard)
        return await restoring.run(file, keys)
