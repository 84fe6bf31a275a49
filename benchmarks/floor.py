"""The floor that calls are measured against: a bare aiohttp handler making one plain SET with redis-py.

Run as `python -m benchmarks.floor PORT REDIS_URL`. It shares nothing with the server under test but the
loop, the libraries and the Redis.
"""

from __future__ import annotations

import asyncio
import sys

import uvloop
from aiohttp import web
from redis.asyncio import BlockingConnectionPool, Redis

REDIS = web.AppKey("redis", Redis)


def main() -> None:
    """Serve until the process is ended."""
    _, port, redis_url = sys.argv
    uvloop.run(_serve(int(port), redis_url))


async def _serve(port: int, redis_url: str) -> None:
    app = web.Application()
    app[REDIS] = Redis.from_pool(BlockingConnectionPool.from_url(redis_url))
    app.router.add_post("/", _set)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


async def _set(request: web.Request) -> web.Response:
    await request.app[REDIS].set("floor", "x" * 100)
    return web.Response(body=b'{"ok":true}', content_type="application/json")


if __name__ == "__main__":
    main()
