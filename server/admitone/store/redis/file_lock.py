"""Locks on files. The kernel releases a lock when the process that holds it ends, even if it is killed."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path


class FileLock:
    """An open lock file, created if it is missing; it is not locked yet.

    No method waits: callers poll, because a thread that waits in flock cannot be cancelled. Two objects on
    one file exclude each other within one process too. A child process that inherits `descriptor` holds the
    same lock until it ends.
    """

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @classmethod
    def taken(cls, path: Path) -> FileLock | None:
        """An exclusive lock on `path`, or None if somebody else holds one."""
        lock = cls(path)
        if lock.take():
            return lock
        lock.close()
        return None

    def share(self) -> bool:
        """Take a shared lock; False if somebody else holds an exclusive one."""
        return self._lock(fcntl.LOCK_SH)

    def take(self) -> bool:
        """Take an exclusive lock; False if somebody else holds a lock. Our shared lock may then be lost."""
        return self._lock(fcntl.LOCK_EX)

    def close(self) -> None:
        """Release the lock, unless a child process holds it too."""
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
