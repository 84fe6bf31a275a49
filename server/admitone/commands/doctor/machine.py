"""The doctor looks at the machine: how many files a process may open."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

from admitone.commands.doctor.finding import doubtful, well

if TYPE_CHECKING:
    from admitone.commands.doctor.finding import Finding

ABOUT = "Open files"
ENOUGH_FILES = 4096
"""Each connection is an open file; at the limit, the server accepts no more of them."""


def look_at_open_files() -> list[Finding]:
    """The limit of this process, which a service may have set otherwise."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit == resource.RLIM_INFINITY or limit >= ENOUGH_FILES:
        return [well(ABOUT, f"A process started from here may open {_figure(limit)}.")]
    return [
        doubtful(
            ABOUT,
            f"A process started from here may open {limit} files, and each connection is one.",
            f"Start the server with at least {ENOUGH_FILES}: `ulimit -n {ENOUGH_FILES}` in a shell, "
            f"LimitNOFILE={ENOUGH_FILES} in a systemd service, `--ulimit nofile={ENOUGH_FILES}` for a "
            "container.",
        )
    ]


def _figure(limit: int) -> str:
    return "any number of files" if limit == resource.RLIM_INFINITY else f"{limit} files"
