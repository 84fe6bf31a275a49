"""How much memory the embedded server takes: by default a share of what there is, or as it is set."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from redis.asyncio import Redis

from admitone.store.redis.embedded import embedded_redis
from admitone.store.redis.memory import SHARE, embedded_memory

if TYPE_CHECKING:
    from pathlib import Path

MACHINE = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
UNLIMITED = "9223372036854771712\n"
"""What version 1 says where there is no limit."""


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


@pytest.mark.parametrize(
    "files",
    [
        {"proc/self/cgroup": "0::/ao\n", "sys/fs/cgroup/ao/memory.max": "1000\n"},
        {
            "proc/self/cgroup": "0::/site.slice/ao.service\n",
            "sys/fs/cgroup/site.slice/memory.max": "1000\n",
            "sys/fs/cgroup/site.slice/ao.service/memory.max": "max\n",
        },
        {"proc/self/cgroup": "0::/../outside\n", "sys/fs/cgroup/memory.max": "1000\n"},
        {
            "proc/self/cgroup": "5:cpu,cpuacct:/ao\n4:memory:/ao\n0::/\n",
            "sys/fs/cgroup/memory/memory.limit_in_bytes": UNLIMITED,
            "sys/fs/cgroup/memory/ao/memory.limit_in_bytes": "1000\n",
            "sys/fs/cgroup/cpu,cpuacct/ao/memory.max": "1\n",
        },
        {
            "proc/self/cgroup": "4:memory:/docker/0123\n",
            "sys/fs/cgroup/memory/memory.limit_in_bytes": "1000\n",
        },
    ],
    ids=["v2", "v2-around", "v2-in-a-container", "v1", "v1-in-a-container"],
)
def test_the_limit_of_a_cgroup_counts_where_it_is_smaller(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, files)
    assert embedded_memory(tmp_path) == 1000 * SHARE


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"proc/self/cgroup": "0::/ao\n"},
        {"proc/self/cgroup": "0::/ao\n", "sys/fs/cgroup/ao/memory.max": "max\n"},
        {"proc/self/cgroup": "4:memory:/\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": UNLIMITED},
    ],
    ids=["no-cgroups", "no-file", "v2", "v1"],
)
def test_without_a_limit_the_memory_of_the_machine_counts(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, files)
    assert embedded_memory(tmp_path) == int(MACHINE * SHARE)


@pytest.mark.parametrize("given", [None, 20 * 1024**2])
async def test_the_embedded_server_has_its_limit_and_evicts_nothing(
    data: Path, binary: Path, given: int | None
) -> None:
    async with embedded_redis(data, binary, maxmemory=given) as url, Redis.from_url(url) as client:
        settings = await client.config_get("maxmemory*")
    assert settings["maxmemory"] == str(given or embedded_memory())
    assert settings["maxmemory-policy"] == "noeviction"
