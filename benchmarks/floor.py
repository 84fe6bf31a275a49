"""The floor that calls are measured against: a bare aiohttp handler, without Redis and without our code.

Run as `python -m benchmarks.floor PORT`. It shares nothing with the server under test but the loop and the
library: what it costs, every call of an aiohttp server costs.
"""

from __future__ import annotations

import asyncio
import sys

import uvloop
from aiohttp import web


def main() -> None:
    """Serve until the process is ended."""
    _, port = sys.argv
    uvloop.run(_serve(int(port)))


async def _serve(port: int) -> None:
    app = web.Application()
    app.router.add_post("/", _answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


async def _answer(_: web.Request) -> web.Response:
    return web.Response(body=b'{"ok":true}', content_type="application/json")


if __name__ == "__main__":
    main()
