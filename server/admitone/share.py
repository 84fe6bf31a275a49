"""What one process of several gets, where a server is divided among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Share:
    """The part of one process; the setting `processes` says how many there are.

    `number` is from 0. `sockets` are its own listening ones. `parent` is the line to the process that started
    it: it says nothing, and its end is the parent's. In `folder` each process answers the others.
    """

    number: int
    sockets: Sequence[socket.socket]
    parent: socket.socket
    folder: Path

    @property
    def is_first(self) -> bool:
        """Whether it does what only one of the processes does: jobs, and warnings at the start."""
        return self.number == 0
