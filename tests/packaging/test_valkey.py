"""The Valkey of compose.yaml and of the manifests loses nothing: started as they start it, and asked."""

from __future__ import annotations

import asyncio
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from admitone.store.redis.connect import open_redis
from admitone.store.redis.durability import check_durable
from admitone.store.redis.redis_binary import valkey_in_wheel
from tests.support.packaging.deploying import commands_of_valkey
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("way", sorted(commands_of_valkey()))
async def test_a_server_starts_on_it(way: str, tmp_path: Path) -> None:
    program = valkey_in_wheel()
    assert program
    socket = tmp_path / "redis.sock"
    ours = ["--port", "0", "--unixsocket", str(socket), "--dir", str(tmp_path)]
    valkey = await asyncio.create_subprocess_exec(
        program, *commands_of_valkey()[way], *ours, stdout=subprocess.PIPE
    )
    try:
        assert valkey.stdout
        async with asyncio.timeout(PATIENCE):
            while b"Ready to accept connections" not in (line := await valkey.stdout.readline()):
                assert line, "it ended"
        async with open_redis(f"unix://{socket}") as client:
            server = await check_durable(client, accept=False, replicas=0)
            assert (await client.config_get("protected-mode")) == {"protected-mode": "no"}
        assert server.faults == ()
        assert server.memory.limit == 512 * 1024**2
    finally:
        with suppress(ProcessLookupError):
            valkey.terminate()
        await valkey.wait()
