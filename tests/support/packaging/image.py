"""The image without a container engine: the Dockerfile's steps in trees of files, the image in namespaces.

It needs root, debootstrap and a mirror of Debian's packages. What else an engine does (layers, networks,
limits) is not imitated.
"""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import shutil
import signal
import subprocess
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.packaging.dockerfile import ROOT, read_dockerfile
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from tests.support.packaging.dockerfile import Dockerfile, Instruction

_OF_THIS_MACHINE = ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")
"""Files by which the packages are found from here; an engine has its own ways."""
_BUILD_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_IN_ITS_ROOM = """
mount --make-rprivate /
mount --bind "$TREE" "$TREE"
mount -o remount,bind,ro "$TREE"
mount --bind "$VOLUME" "$TREE/data"
mount -t proc proc "$TREE/proc"
mount --rbind /dev "$TREE/dev"
cd "$TREE"
exec chroot "$TREE" setpriv --reuid 10001 --regid 10001 --clear-groups --bounding-set=-all --inh-caps=-all \
    --no-new-privs -- "$@"
"""
_OF_A_STEP = """
mount -t proc proc "$TREE/proc"
mount --rbind /dev "$TREE/dev"
exec chroot "$TREE" /bin/sh -c "cd '$DIRECTORY' && $STEP"
"""


class Image:
    """A built image: its files, and what the Dockerfile says of how it runs."""

    def __init__(self, tree: Path, dockerfile: Dockerfile) -> None:
        self.tree = tree
        self.dockerfile = dockerfile
        path = dockerfile.environment["PATH"].replace("$PATH", _BUILD_PATH)
        self.environment = dockerfile.environment | {"PATH": path}

    @asynccontextmanager
    async def running(
        self, volume: Path, *command: str, log: Path, **settings: str
    ) -> AsyncIterator[asyncio.subprocess.Process]:
        """A container with its entry point and `command`, on a read-only root; ended in order afterwards.

        It has processes and mounts of its own, and this machine's network. Only `volume` can be written.
        """
        words = self.dockerfile.last("ENTRYPOINT").words + list(command or self.dockerfile.last("CMD").words)
        with log.open("a") as errors:
            process = await self._start(words, volume, settings, stderr=errors.fileno(), pid=True)
        try:
            yield process
        finally:
            with suppress(OSError, ValueError):  # it may have ended by itself
                [first] = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
                os.kill(int(first), signal.SIGTERM)
            async with asyncio.timeout(PATIENCE):
                status = await process.wait()
            assert status in {0, 143}, log.read_text()

    async def run(self, volume: Path, *words: str, **settings: str) -> tuple[int, str]:
        """The exit status and the output of a command in the image, as `exec` and the health check do."""
        process = await self._start(list(words), volume, settings, stderr=subprocess.STDOUT, pid=False)
        said, _ = await process.communicate()
        assert process.returncode is not None
        return process.returncode, said.decode()

    async def _start(
        self, words: list[str], volume: Path, settings: Mapping[str, str], *, stderr: int, pid: bool
    ) -> asyncio.subprocess.Process:
        own = {f"ADMITONE_{name}": text for name, text in settings.items()}
        return await asyncio.create_subprocess_exec(
            "unshare", "--mount", *(["--pid", "--fork"] if pid else []), "sh", "-euc", _IN_ITS_ROOM, "sh",
            *words,
            env=self.environment | own | {"TREE": str(self.tree), "VOLUME": str(volume)},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr,
        )  # fmt: skip


def debian(suite: str, folder: Path) -> Path:
    """The files of a Debian, as the mirror of this machine has it."""
    sites = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)"], capture_output=True, text=True, check=True
    ).stdout.split()
    mirror = next(site for site in sites if re.search(r"/debian/?$", site))
    run(["debootstrap", "--variant=minbase", suite, str(folder), mirror])
    return folder


def build(folder: Path) -> Image:
    """Carry out the Dockerfile, each stage in a tree of its own below `folder`."""
    dockerfile = read_dockerfile()
    [base] = [one.text for one in dockerfile.instructions if one.keyword == "ARG"]
    plain = debian(base.partition(":")[2].partition("-")[0], folder / "base")
    context = build_context(folder / "context")
    trees: dict[str, Path] = {}
    for number, stage in enumerate(dockerfile.stages):
        name = stage[0].words[2] if len(stage[0].words) > 2 else str(number)
        tree = trees[name] = folder / name
        run(["cp", "-a", str(plain), str(tree)])
        _build_stage(stage, tree, {"": context} | trees)
    return Image(tree, dockerfile)


def build_context(folder: Path) -> Path:
    """Copy what the engine would be sent: what `.dockerignore` leaves of the files that git knows."""
    files = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, text=True, check=True
    ).stdout
    for name in filter(is_sent, files.rstrip("\0").split("\0")):
        to = folder / name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, to, follow_symlinks=False)
    return folder


def is_sent(name: str) -> bool:
    """Whether `.dockerignore` lets a file in: the last line that fits it or a folder around it decides."""
    sent = True
    around = [name, *(str(folder) for folder in Path(name).parents)]
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = re.escape(line.removeprefix("!")).replace(r"\*\*/", "(.*/)?").replace(r"\*", "[^/]*")
        if line and line[0] != "#" and any(re.fullmatch(pattern, one) for one in around):
            sent = line[0] == "!"
    return sent


def run_step(tree: Path, step: str, directory: str = "/") -> None:
    """Run a command of the shell in a tree, as root; it can reach Debian's and Python's packages."""
    for name in filter(os.path.exists, _OF_THIS_MACHINE):
        (tree / name[1:]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(name, tree / name[1:])
    kept = {name: text for name, text in os.environ.items() if name.startswith("PIP_")}
    given = {"PATH": _BUILD_PATH, "TREE": str(tree), "DIRECTORY": directory, "STEP": step}
    run(["unshare", "--mount", "sh", "-euc", _OF_A_STEP], kept | given)


def _build_stage(stage: list[Instruction], tree: Path, sources: Mapping[str, Path]) -> None:
    directory = "/"
    for step in stage:
        if step.keyword == "WORKDIR":
            directory = step.text
            (tree / directory.lstrip("/")).mkdir(parents=True, exist_ok=True)
        elif step.keyword == "COPY":
            _copy(step, tree / directory.lstrip("/"), tree, sources)
        elif step.keyword == "RUN":
            run_step(tree, step.text, directory)


def _copy(step: Instruction, directory: Path, tree: Path, sources: Mapping[str, Path]) -> None:
    source = sources[dict(step.flags).get("from", "")]
    *names, to = step.words
    target = tree / to[1:] if to.startswith("/") else directory / to
    found = [path for name in names for path in source.glob(name.lstrip("/"))]
    assert found, step
    target.parent.mkdir(parents=True, exist_ok=True)
    if to.endswith("/"):
        target.mkdir(exist_ok=True)
    for path in found:
        run(["cp", "-a", *(["-T"] if path.is_dir() else []), str(path), str(target)])


def run(command: list[str], environment: Mapping[str, str] | None = None) -> None:
    """Run a command that must succeed."""
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout[-4000:]}"
