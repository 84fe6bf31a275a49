"""A Redis that is backed up, and another one to restore into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.redis_server import running_redis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.redis_server import RedisServer


@pytest.fixture
def own_redis(redis_line: str) -> Iterator[RedisServer]:
    """An empty Redis that sends a snapshot at once."""
    with running_redis(redis_line, repl_diskless_sync_delay="0") as server:
        yield server


@pytest.fixture
def other_redis(redis_line: str) -> Iterator[RedisServer]:
    """Another empty Redis of the same kind."""
    with running_redis(redis_line) as server:
        yield server
