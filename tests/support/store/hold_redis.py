"""Uses the embedded server of a folder: `python -m tests.support.store.hold_redis DATA BINARY`.

It prints Redis's process id when it has Redis, and leaves in order at the end of its input or on Ctrl-C.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from redis.asyncio import Redis

from admitone.store.redis.embedded import embedded_redis


async def hold(data_dir: Path, binary: Path) -> None:
    async with embedded_redis(data_dir, binary) as url:
        async with Redis.from_url(url) as client:
            process_id = (await client.info("server"))["process_id"]
        sys.stdout.write(f"{process_id}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(hold(Path(sys.argv[1]), Path(sys.argv[2])))
