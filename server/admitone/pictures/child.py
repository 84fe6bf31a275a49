"""The process that decodes one picture: `python -m admitone.pictures.child logo|photo`.

A decoder is where a hostile file is likeliest to find a fault, or to make work that never ends. So it runs
where there are no secrets, with little memory and time, and cannot write files. The picture comes by
standard input. Standard output gets one line, and after `ok WIDTH HEIGHT` the bytes in WebP.
"""

from __future__ import annotations

import resource
import sys
from typing import TYPE_CHECKING, cast

from admitone.pictures.recode import NotReadableError, TooManyPixelsError, recode

if TYPE_CHECKING:
    from admitone.domain.picture import PictureUse

MEMORY = 768 * 1024 * 1024
"""Bytes of address space; a picture of the most pixels takes less than half of it."""
SECONDS = 10
"""Of the processor."""


def main() -> None:
    """Recode the picture. Any error of Pillow ends the process: the picture is damaged."""
    _limit()
    out = sys.stdout.buffer
    try:
        found = recode(sys.stdin.buffer.read(), cast("PictureUse", sys.argv[1]))
    except NotReadableError:
        out.write(b"not-readable\n")
    except (TooManyPixelsError, MemoryError):
        out.write(b"too-many-pixels\n")
    else:
        out.write(f"ok {found.width} {found.height}\n".encode() + found.data)


def _limit() -> None:
    if sys.platform == "linux":  # macOS refuses limits of the address space
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
