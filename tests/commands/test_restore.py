"""`admitone backup` and `admitone restore` on the embedded server, and with a key of the file's own."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING

import pytest

from admitone.commands.backup import backup_command
from admitone.commands.restore import restore_command
from tests.support.commands.command_line import invoke
from tests.support.redis_server import running_redis
from tests.support.server_process import SECRET_KEY, ServerProcess
from tests.support.store.earlier_data import open_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

    from tests.support.redis_server import RedisServer


@pytest.fixture
def own_redis(redis_line: str) -> Iterator[RedisServer]:
    """An empty Redis that sends a snapshot at once."""
    with running_redis(redis_line, repl_diskless_sync_delay="0") as server:
        yield server


def back_up(file: Path, *options: str, **settings: str) -> Result:
    return invoke(backup_command, str(file), *options, **{"SECRET_KEY": SECRET_KEY} | settings)


def restore(*arguments: str, **settings: str) -> Result:
    return invoke(restore_command, *arguments, **{"SECRET_KEY": SECRET_KEY} | settings)


def test_the_embedded_server_is_backed_up_and_restored_beside_it(tmp_path: Path) -> None:
    file, before, after = tmp_path / "backup", tmp_path / "before", tmp_path / "after"
    process = ServerProcess(tmp_path, DATA_DIR=str(before))
    process.start()
    try:
        made = back_up(file, DATA_DIR=str(before))
        assert made.exit_code == 0, made
    finally:
        assert process.stop() == 0
    missing = restore(str(file), DATA_DIR=str(after), SECRET_KEY="")
    assert missing.exit_code == 1
    assert "There is no secret key: set ADMITONE_SECRET_KEY, or put the file secret.key" in missing.stderr
    done = restore(str(file), DATA_DIR=str(after))
    assert done.exit_code == 0, done
    assert "keys are restored, as of " in done.stdout
    assert "Workers pause." in done.stdout
    again = restore(str(file), DATA_DIR=str(after))
    assert again.exit_code == 1
    assert "The target is not empty: it holds " in again.stderr
    resumed = restore("--resume", DATA_DIR=str(after))
    assert (resumed.exit_code, resumed.stdout) == (0, "Workers go on within a few seconds.\n")
    nothing = restore("--drop-mails", DATA_DIR=str(after))
    assert (nothing.exit_code, nothing.stdout) == (0, "Workers do not pause: there is nothing to end.\n")


def test_a_key_of_its_own_is_used_and_needed(own_redis: RedisServer, tmp_path: Path, redis_line: str) -> None:
    file, key = tmp_path / "backup", tmp_path / "key"
    key.write_text(base64.b64encode(bytes(32)).decode() + "\n")
    asyncio.run(open_once(own_redis.url))
    made = back_up(file, "--key-file", str(key), REDIS_URL=own_redis.url, SECRET_KEY="")
    assert made.exit_code == 0, made
    with running_redis(redis_line) as other:
        without = restore(str(file), REDIS_URL=other.url)
        assert "name that key's file by --key-file" in without.stderr
        done = restore(str(file), "--key-file", str(key), REDIS_URL=other.url)
        assert done.exit_code == 0, done
    key.write_text("short")
    refused = back_up(file, "--key-file", str(key), REDIS_URL=own_redis.url)
    assert refused.exit_code == 1
    assert refused.stderr == (
        f"Error: {key} must hold 32 bytes in base64. Make one with `openssl rand -base64 32`.\n"
    )
    absent = back_up(file, "--key-file", str(tmp_path / "absent"), REDIS_URL=own_redis.url)
    assert "cannot be read: No such file or directory" in absent.stderr


def test_a_restore_is_one_thing_at_a_time() -> None:
    for arguments in ((), ("backup", "--resume"), ("--resume", "--drop-mails")):
        refused = restore(*arguments)
        assert refused.exit_code == 2
        assert "Name a FILE, or --resume, or --drop-mails." in refused.stderr
