"""docs/redis.md: its tables and settings are the code's, and its commands are run as they stand there."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
from pathlib import Path

from admitone.store.redis.cluster.address import SCHEMES, node_options
from admitone.store.redis.connect import OPTIONS, open_redis
from admitone.store.redis.durability import NEEDED
from admitone.store.redis.embedded import embedded_redis
from tests.support.redis_server import redis_of

TEXT = Path(__file__).parents[3].joinpath("docs", "redis.md").read_text()
BACKUP, RESTORE = re.findall(r"^```sh\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def run(commands: str, data: Path, backup: Path) -> None:
    environment = os.environ | {"DATA": str(data), "BACKUP": str(backup)}
    subprocess.run(["sh", "-euc", commands], env=environment, stdout=subprocess.DEVNULL, check=True)


async def test_a_backup_made_while_redis_runs_is_restored(tmp_path: Path, redis_line: str) -> None:
    data, backup = tmp_path / "data", tmp_path / "backup"
    binary = redis_of(redis_line)
    async with embedded_redis(data, binary) as url, open_redis(url) as client:
        (data / "secret.key").write_text("1:key")
        await client.mset({f"link-{number}": "booked" for number in range(1000)})
        await asyncio.to_thread(run, BACKUP, data, backup)
        assert (await client.config_get("auto-aof-rewrite-percentage")) == {
            "auto-aof-rewrite-percentage": "100"
        }
        await client.set("since", "the backup")

    run(RESTORE, data, backup)

    async with embedded_redis(data, binary) as url, open_redis(url) as client:
        assert await client.dbsize() == 1000
        assert await client.get("link-999") == b"booked"
    assert (data / "secret.key").read_text() == "1:key"


def test_the_settings_of_redis_are_those_that_are_checked() -> None:
    blocks = re.findall(r"^```\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert dict(line.split() for line in blocks[0].splitlines()) == NEEDED


def test_the_addresses_and_their_options_are_those_that_are_taken() -> None:
    rows = re.findall(r"^\| `([a-z+]+)://[^`]*`[^|]*\| (.*) \|$", TEXT, re.MULTILINE)
    told = {scheme: set(re.findall(r"`([a-z_]+)`", options)) for scheme, options in rows}
    assert told == OPTIONS | {scheme: node_options(scheme) for scheme in SCHEMES}
