"""How much memory the embedded server may take: a share of what this process may take at most."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARE = 0.6
"""The rest is for Admit One, and for the copies of pages that Redis makes while it rewrites its file."""


def embedded_memory(root: Path = Path("/")) -> int:
    """The `maxmemory` of the embedded server in bytes: a share of the machine's memory or the cgroup's limit.

    The smaller one counts. `root` is the folder of /proc and /sys.
    """
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return int(SHARE * min([machine, *_cgroup_limits(root)]))


def _cgroup_limits(root: Path) -> list[int]:
    """The limits of this process's cgroups and of those around them, in bytes.

    A container may see the path that its cgroup has outside, and its own limit at the top: so a missing
    folder is passed over. https://docs.kernel.org/admin-guide/cgroup-v2.html, memory.max, and
    https://docs.kernel.org/admin-guide/cgroup-v1/memory.html, memory.limit_in_bytes.
    """
    found = []
    for top, group, name in _cgroups(root):
        folder = top / group
        for around in (folder, *folder.parents):
            if around.is_relative_to(top):
                with suppress(OSError, ValueError):  # missing, or `max`
                    found.append(int((around / name).read_text()))
    return found


def _cgroups(root: Path) -> Iterator[tuple[Path, str, str]]:
    """The cgroups that may limit memory: the folder of all, the path below it, and the limit's file."""
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:  # not Linux
        return
    mount = root / "sys/fs/cgroup"
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if not controllers:  # version 2
            yield mount, path.lstrip("/"), "memory.max"
        elif "memory" in controllers.split(","):
            yield mount / "memory", path.lstrip("/"), "memory.limit_in_bytes"
