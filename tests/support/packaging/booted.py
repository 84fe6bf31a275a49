"""A machine with systemd as its init process, in namespaces. It needs root, and cgroups of version 2."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.packaging.image import run, run_step
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_GROUP = "admitone-test"
_OUTSIDE = f"""
mount -t cgroup2 none "$TREE/mnt"
mkdir "$TREE/mnt/{_GROUP}"
echo $$ > "$TREE/mnt/{_GROUP}/cgroup.procs"
exec unshare --cgroup --mount --pid --uts --ipc --fork sh -euc "$INSIDE"
"""
_INSIDE = """
mount --make-rprivate /
umount "$TREE/mnt"
mount --bind "$TREE" "$TREE"
mount -t proc proc "$TREE/proc"
mount --bind "$TREE/proc/sys" "$TREE/proc/sys"
mount -o remount,bind,ro "$TREE/proc/sys"
mount -t sysfs -o ro sysfs "$TREE/sys"
mount -t cgroup2 none "$TREE/sys/fs/cgroup"
for folder in run tmp dev; do mount -t tmpfs -o mode=755 tmpfs "$TREE/$folder"; done
chmod 1777 "$TREE/tmp"
for name in null zero full random urandom tty; do
  touch "$TREE/dev/$name"
  mount --bind "/dev/$name" "$TREE/dev/$name"
done
mkdir "$TREE/dev/pts" "$TREE/dev/shm"
mount -t devpts -o newinstance,ptmxmode=666 devpts "$TREE/dev/pts"
ln -s pts/ptmx "$TREE/dev/ptmx"
ln -s /proc/self/fd "$TREE/dev/fd"
cd "$TREE"
mkdir -p before
pivot_root . before
umount -l /before
exec env -i container=other PATH=/usr/sbin:/usr/bin /lib/systemd/systemd --unit=basic.target
"""
_LEFT = f"""
mount -t cgroup2 none "$TREE/mnt"
find "$TREE/mnt/{_GROUP}" -depth -type d -exec rmdir {{}} +
"""


class Machine:
    """A running systemd; `tree` has its files, and its network is this machine's."""

    def __init__(self, tree: Path, init: int) -> None:
        self.tree = tree
        self.init = init

    async def systemctl(self, *arguments: str) -> str:
        """What `systemctl` answers, whether it succeeds or not."""
        asked = await asyncio.create_subprocess_exec(
            "nsenter", "--target", str(self.init), "--mount", "--pid", "--uts", "--ipc",
            "systemctl", *arguments,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        async with asyncio.timeout(PATIENCE):
            return (await asked.communicate())[0].decode().strip()


def with_systemd(image: Path, tree: Path) -> Path:
    """A copy of the image's files with Debian's systemd."""
    run(["cp", "-a", str(image), str(tree)])
    run_step(tree, "apt-get update && apt-get install -y --no-install-recommends systemd dbus")
    return tree


def can_boot() -> bool:
    """Whether this process may mount cgroups of version 2."""
    command = ["unshare", "--mount", "mount", "-t", "cgroup2", "none", "/mnt"]
    return os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0


@asynccontextmanager
async def booted(tree: Path) -> AsyncIterator[Machine]:
    """Boot a tree, and end everything in it afterwards."""
    given = {"PATH": os.environ["PATH"], "TREE": str(tree)}
    with (tree.parent / "boot.log").open("w") as log:
        process = await asyncio.create_subprocess_exec(
            "unshare", "--mount", "sh", "-euc", _OUTSIDE, env=given | {"INSIDE": _INSIDE},
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    machine = None
    try:
        async with asyncio.timeout(PATIENCE):
            while machine is None or await machine.systemctl("is-active", "basic.target") != "active":
                assert process.returncode is None, (tree.parent / "boot.log").read_text()
                children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
                machine = Machine(tree, int(children[0])) if children else None
                await asyncio.sleep(0.1)
        yield machine
    finally:
        with suppress(ProcessLookupError):  # all others in its namespace end with the init process
            os.kill(process.pid if machine is None else machine.init, signal.SIGKILL)
        await process.wait()
        run(["unshare", "--mount", "sh", "-euc", _LEFT], given)
