"""`/metrics` shows that Redis cannot write to its disk."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.api.deployment import Clock, deployed
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from tests.support.api.deployment import Deployment
    from tests.support.redis_server import RedisServer


async def test_a_dump_that_fails_is_shown_until_one_succeeds(own_redis: RedisServer) -> None:
    async with deployed(own_redis.url, Clock()) as deployment:
        with own_redis.client() as client:
            assert await _figures(deployment) == {"admitone_redis_up": "1.0", "admitone_redis_saves": "1.0"}
            found: Any = client.config_get("d*")
            in_the_way = Path(found["dir"]) / found["dbfilename"]
            in_the_way.mkdir()
            _dump(client, "err")
            assert await _figures(deployment) == {"admitone_redis_up": "1.0", "admitone_redis_saves": "0.0"}
            in_the_way.rmdir()
            _dump(client, "ok")
            assert await _figures(deployment) == {"admitone_redis_up": "1.0", "admitone_redis_saves": "1.0"}


def _dump(client: Any, result: str) -> None:
    client.bgsave()
    deadline = time.monotonic() + PATIENCE
    while (info := client.info("persistence"))["rdb_bgsave_in_progress"]:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert info["rdb_last_bgsave_status"] == result


async def _figures(deployment: Deployment) -> dict[str, str]:
    async with deployment.http.get(f"{deployment.url}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    figures = dict(line.rsplit(" ", 1) for line in lines)
    return {name: figures[name] for name in ("admitone_redis_up", "admitone_redis_saves")}
