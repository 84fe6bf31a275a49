"""Locks on files. The kernel drops them with the process that holds them, however that process ends."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path


class FileLock:
    """An open lock file, created where it is missing, that holds nothing yet.

    It never waits: who must, polls, since a thread that waits in flock cannot be cancelled. Two of them on
    one file exclude each other in one process too. A child process that is handed `descriptor` holds what is
    held, until it ends.
    """

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @classmethod
    def taken(cls, path: Path) -> FileLock | None:
        """The lock, held alone, or None if anybody holds it."""
        lock = cls(path)
        if lock.take():
            return lock
        lock.close()
        return None

    def share(self) -> bool:
        """Hold it together with others who share it; False if somebody holds it alone."""
        return self._lock(fcntl.LOCK_SH)

    def take(self) -> bool:
        """Hold it alone; False if anybody else holds it, and then a share that was held may be lost."""
        return self._lock(fcntl.LOCK_EX)

    def close(self) -> None:
        """Let go, unless a child holds it as well."""
        os.close(self.descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _lock(self, kind: int) -> bool:
        try:
            fcntl.flock(self.descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
