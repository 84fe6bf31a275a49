"""In which layers of the server, and in which libraries, the time of a call goes.

Run as `python -m benchmarks.profile_layers [CALL …]`; it needs py-spy in the PATH (`pip install py-spy`). A
sample counts for the innermost frame of Admit One or of a library. What is written in C counts for the frame
that called it.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING

import uvloop

from benchmarks.client import request
from benchmarks.processes import running_redis, running_server
from benchmarks.reports import seeded
from benchmarks.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.client import Connections
    from benchmarks.processes import Running

    Call = tuple[Running, Connections, Callable[[], bytes | None]]

CALLS = ("creation", "booking", "month", "page", "dashboard")
CLIENTS = 32
SECONDS = 10
RATE = 200
"""Samples a second."""
LEAST = 1.0
"""The share in percent below which a row is left out."""
LINKS = 10_000
_PLACE = re.compile(r"\((?P<file>.*?)(?::\d+)?\)$")
_OURS = re.compile(r"/(?:server|site-packages)/admitone/(?P<layer>\w+)")
_LIBRARY = re.compile(r"/site-packages/(?P<library>\w+)")


async def profile(call: str) -> Counter[str]:
    """The number of samples by layer and library while clients make a call."""
    with ExitStack() as stack:
        server, connections, make = await _prepared(stack, call)
        await connections.load(CLIENTS, make, seconds=1.0)
        _, stacks = await asyncio.gather(
            connections.load(CLIENTS, make, seconds=SECONDS + 1.0), _samples(server.pid)
        )
    found: Counter[str] = Counter()
    for line in stacks:
        frames, _, count = line.rpartition(" ")
        found[layer_of(frames.split(";"))] += int(count)
    return found


def layer_of(frames: list[str]) -> str:
    """The layer or library of a sample, whose innermost frame comes last."""
    for frame in reversed(frames):
        file = found["file"] if (found := _PLACE.search(frame)) else ""
        if "/templates/" in file:
            return "templates"
        if ours := _OURS.search(file):
            return f"admitone.{ours['layer']}"
        if library := _LIBRARY.search(file):
            return library["library"]
    return "Python"


async def _prepared(stack: ExitStack, call: str) -> Call:
    """A server with what the call needs, and what makes the call; None ends the load."""
    if call == "dashboard":
        demo = await seeded(stack, 1_000)
        look = request("GET", "/dashboard/bookings", session=demo.session)
        return demo.server, demo.connections, lambda: look
    redis = stack.enter_context(running_redis())
    server = stack.enter_context(running_server(redis.address))
    site = Site(redis.address, server.port)
    await site.prepare()
    if call == "booking":
        codes = await site.links(LINKS)
        return server, site.connections, lambda: site.booking(codes.pop()) if codes else None
    if call == "month":
        [code, *_] = await site.links(1, site.quiet_page)
        made = site.slots(code, days=30)
    elif call == "page":
        made = request("GET", f"/{site.quiet_slug}")
    else:
        made = site.creation()
    return server, site.connections, lambda: made


async def _samples(process: int) -> list[str]:
    """A line for each stack that py-spy saw: its frames from the outermost on, and how often it saw it."""
    with tempfile.NamedTemporaryFile("r") as file:
        command = ["record", "--pid", str(process), "--duration", str(SECONDS), "--rate", str(RATE)]
        options = ["--format", "raw", "--full-filenames", "--nonblocking", "--output", file.name]
        spy = await asyncio.create_subprocess_exec(
            "py-spy", *command, *options, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
        )
        assert await spy.wait() == 0
        return file.read().splitlines()


def main(calls: list[str]) -> None:
    """Profile these calls, or all of them, and print a table for each."""
    if not shutil.which("py-spy"):
        sys.exit("py-spy is not in the PATH: pip install py-spy")
    for call in calls or CALLS:
        found = uvloop.run(profile(call))
        samples = found.total()
        print(f"\n{call}, {samples} samples")
        for layer, count in found.most_common():
            if (share := 100 * count / samples) >= LEAST:
                print(f"  {share:5.1f} %  {layer}")


if __name__ == "__main__":
    main(sys.argv[1:])
