"""The command line, as processes of their own."""

from __future__ import annotations

import json
import re
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.support.commands.command_line import ADMITONE, environment, run
from tests.support.patience import PATIENCE
from tests.support.redis_server import redis_of, running_redis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def serving(**settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server process and its address, once it has said that it listens."""
    settings = {"PORT": "0", "PUBLIC_URL": "http://127.0.0.1"} | settings
    with subprocess.Popen(
        [*ADMITONE, "serve"],
        env=environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            said = re.fullmatch(r"Admit One listens on (http://127\.0\.0\.1:\d+)\n", line)
            assert said, (line, server.communicate(timeout=PATIENCE))
            yield server, said[1]
        finally:
            server.terminate()  # not killed: its Redis would be left without anybody to stop it
            server.communicate(timeout=PATIENCE)


def test_help_lists_the_commands() -> None:
    told = run("--help")
    assert told.returncode == 0
    assert {"serve", "worker", "check-config", "doctor", "api-key", "secrets", "slots"} <= set(
        told.stdout.split()
    )
    assert "redis-binary" not in told.stdout


def test_a_command_is_imported_when_it_is_run() -> None:
    arguments = [sys.executable, "-X", "importtime", "-m", "admitone", "check-config"]
    told = subprocess.run(
        arguments, env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    imported = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert "admitone.commands.failures" in imported
    assert not {"aiohttp", "redis", "admitone.app"} & imported


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
def test_serve_says_where_it_listens_and_stops_in_order(tmp_path: Path, signal_number: int) -> None:
    data = tmp_path / "data"
    with serving(DATA_DIR=str(data)) as (server, address):
        with urllib.request.urlopen(f"{address}/readyz", timeout=PATIENCE) as answer:  # noqa: S310
            assert json.load(answer) == {"status": "ready"}
        server.send_signal(signal_number)
        out, err = server.communicate(timeout=PATIENCE)
    assert server.returncode == 0
    assert out == ""
    assert [json.loads(line)["event"] for line in err.splitlines()] == ["request"]
    assert stat.S_IMODE((data / "secret.key").stat().st_mode) == 0o600


def test_behind_https_without_trusted_proxies_it_says_what_follows(tmp_path: Path) -> None:
    with serving(DATA_DIR=str(tmp_path), PUBLIC_URL="https://book.example") as (server, _):
        server.send_signal(signal.SIGTERM)
        _, err = server.communicate(timeout=PATIENCE)
    [line] = [json.loads(text) for text in err.splitlines()]
    assert (line["event"], line["level"]) == ("no-trusted-proxies", "warning")
    assert "share its limits" in line["follows"]


def test_two_servers_share_one_data_directory(tmp_path: Path) -> None:
    settings = {"DATA_DIR": str(tmp_path)}
    with serving(**settings) as (_, first), serving(**settings) as (_, second):
        assert first != second
        for address in (first, second):
            with urllib.request.urlopen(f"{address}/readyz", timeout=PATIENCE) as answer:  # noqa: S310
                assert answer.status == 200


def test_a_port_in_use_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = run("serve", PORT=port, DATA_DIR=str(tmp_path))
    assert told.returncode == 1
    assert told.stderr == (
        f"Error: Another program listens on 127.0.0.1:{port}. End it, or set ADMITONE_PORT to another port.\n"
    )


def test_a_redis_that_is_not_there_is_told_without_a_traceback(tmp_path: Path) -> None:
    told = run("serve", PORT="8080", DATA_DIR=str(tmp_path), REDIS_URL=f"unix://{tmp_path}/none")
    assert told.returncode == 1
    assert "ADMITONE_REDIS_URL" in told.stderr
    assert "Traceback" not in told.stderr


def test_serve_refuses_wrong_settings_before_it_starts_anything(tmp_path: Path) -> None:
    told = run("serve", PORT="many", SIGN_UP="closed", DATA_DIR=str(tmp_path / "data"))
    assert told.returncode == 1
    assert "ADMITONE_PORT must be a whole number from 0 to 65535." in told.stderr
    assert "ADMITONE_SIGN_UP must be one of open, domains, invited." in told.stderr
    assert not (tmp_path / "data").exists()


def test_check_config_accepts_what_is_in_order() -> None:
    told = run("check-config")
    assert (told.returncode, told.stdout, told.stderr) == (0, "The settings are in order.\n", "")


def test_check_config_says_all_that_is_wrong_and_what_is_misspelt() -> None:
    told = run("check-config", PROT="80", ENV="production", RATE_LIMITS="off")
    assert told.returncode == 1
    assert "ADMITONE_PROT is set, and is no setting of Admit One." in told.stderr
    assert "ADMITONE_SECRET_KEY must be set in production" in told.stderr
    assert "ADMITONE_RATE_LIMITS must be on in production." in told.stderr


def test_redis_binary_names_the_program_of_the_embedded_server_and_heeds_no_other_setting() -> None:
    assert run("redis-binary", PORT="many").stdout == f"{redis_of('valkey')}\n"
    named = str(redis_of("redis"))
    assert run("redis-binary", PORT="many", REDIS_SERVER=named).stdout == f"{named}\n"


def test_the_embedded_server_is_the_one_that_is_named(tmp_path: Path) -> None:
    told = run(
        *("api-key", "create", "--user", "ada@acme.test", "--label", "test", "--create-user"),
        REDIS_SERVER=str(redis_of("redis")),
        DATA_DIR=str(tmp_path),
    )
    assert told.returncode == 0, told.stderr
    (snapshot,) = tmp_path.rglob("*.base.rdb")
    assert b"redis-ver" in snapshot.read_bytes()[:64]

    told = run(
        *("api-key", "create", "--user", "ada@acme.test", "--label", "second"),
        DATA_DIR=str(tmp_path),
    )
    assert told.returncode == 0, told.stderr


def test_a_key_is_all_that_standard_output_gets_whatever_is_logged(tmp_path: Path, redis_line: str) -> None:
    with running_redis(redis_line, appendonly="no") as lossy:
        told = run(
            *("api-key", "create", "--user", "ada@acme.test", "--label", "test", "--create-user"),
            REDIS_URL=lossy.url,
            REDIS_ACCEPT_DATA_LOSS="yes",
            DATA_DIR=str(tmp_path),
        )
    assert told.returncode == 0, told.stderr
    assert re.fullmatch(r"[0-9A-Za-z_-]+\n", told.stdout)
    assert "redis-may-lose-data" in told.stderr
