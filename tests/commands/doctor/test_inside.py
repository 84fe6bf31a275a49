"""What the doctor sees from inside: settings, Redis, Google, the clock, the mail server."""

from __future__ import annotations

import resource
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web
from aiohttp.test_utils import TestServer

from admitone.commands.doctor.finding import Level
from admitone.commands.doctor.google import look_at_clock, look_at_google
from admitone.commands.doctor.machine import look_at_open_files
from admitone.commands.doctor.mail import look_at_mail
from admitone.commands.doctor.redis import look_at_redis
from admitone.commands.doctor.settings import look_at_settings
from admitone.config import Config
from admitone.fakegoogle.demo import CLIENT
from admitone.store.keys import PAUSED
from admitone.store.outbox.pause import Pause
from tests.support.factories import NOW
from tests.support.fakegoogle.running import running
from tests.support.mail.smtp_server import mail_server
from tests.support.ports import free_port
from tests.support.redis_server import running_redis

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from redis.asyncio import Redis


GOOGLE = {"GOOGLE_CLIENT_ID": CLIENT.client_id, "GOOGLE_CLIENT_SECRET": CLIENT.client_secret}


def config(**settings: str) -> Config:
    return Config({f"ADMITONE_{name}": text for name, text in settings.items()})


def test_every_wrong_setting_is_told() -> None:
    found = look_at_settings(config(PORT="many", SIGN_UP="closed", PROT="80"))
    assert [one.level for one in found] == [Level.WRONG, Level.WRONG, Level.WARNING]


def test_an_address_for_others_is_for_production() -> None:
    [finding] = look_at_settings(config(PUBLIC_URL="https://book.example"))
    assert (finding.level, finding.advice) == (Level.WARNING, "Set ADMITONE_ENV=production.")


def test_few_open_files_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 4096))
    [finding] = look_at_open_files()
    assert finding.level is Level.WARNING
    assert "1024 files" in finding.says
    assert "LimitNOFILE=4096" in finding.advice


async def test_a_redis_that_loses_data_is_told(redis_line: str) -> None:
    with running_redis(redis_line, appendonly="no", maxmemory_policy="allkeys-lru") as lossy:
        [refused] = await look_at_redis(config(REDIS_URL=lossy.url))
        accepted = await look_at_redis(config(REDIS_URL=lossy.url, REDIS_ACCEPT_DATA_LOSS="yes"))
    assert refused.level is Level.WRONG
    assert "`appendonly` is `no`" in refused.says
    assert "`maxmemory-policy` is `allkeys-lru`" in refused.says
    assert {one.level for one in accepted} == {Level.WARNING}
    assert len(accepted) == 3  # both settings, and no maxmemory


async def test_a_redis_without_a_limit_or_near_it_is_told(redis_url: str, redis_line: str) -> None:
    [endless] = await look_at_redis(config(REDIS_URL=redis_url))
    assert "no `maxmemory`" in endless.says
    with running_redis(redis_line) as small, small.client() as client:
        used = client.info("memory")["used_memory"]
        client.config_set("maxmemory", int(used * 1.1))
        [nearly_full] = await look_at_redis(config(REDIS_URL=small.url))
        client.config_set("maxmemory", used * 10)
        [roomy] = await look_at_redis(config(REDIS_URL=small.url))
    assert (nearly_full.level, roomy.level) == (Level.WARNING, Level.OK)
    assert "nobody can book" in nearly_full.says


async def test_workers_that_pause_after_a_restore_are_told(redis_url: str, redis: Redis) -> None:
    await redis.set(PAUSED, msgspec.json.encode(Pause(since=NOW, made_at=NOW)))
    [_, pausing] = await look_at_redis(config(REDIS_URL=redis_url))
    assert (pausing.level, pausing.about) == (Level.WARNING, "Worker")
    assert "Workers pause since a backup was restored (2026-11-18 11:06 UTC)" in pausing.says
    assert "admitone restore --resume" in pausing.advice


async def test_a_redis_that_is_not_there_is_told(tmp_path: Path) -> None:
    [finding] = await look_at_redis(config(REDIS_URL=f"unix://{tmp_path}/none"))
    assert finding.level is Level.WRONG


async def test_looking_at_the_embedded_redis_creates_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    [finding] = await look_at_redis(config(DATA_DIR=str(data)))
    assert finding.level is Level.OK
    assert not data.exists()


async def test_google_says_whether_it_knows_the_client() -> None:
    async with running() as google:
        [known] = await look_at_google(config(GOOGLE_ENDPOINT=google.url, **GOOGLE))
        settings = {**GOOGLE, "GOOGLE_CLIENT_SECRET": "GOCSPX-another"}
        [other] = await look_at_google(config(GOOGLE_ENDPOINT=google.url, **settings))
    assert (known.level, other.level) == (Level.OK, Level.WRONG)
    assert "/auth/google/callback" in known.says
    assert "invalid_client" in other.says


async def test_google_out_of_reach_is_told() -> None:
    [finding] = await look_at_google(config(GOOGLE_ENDPOINT=f"http://127.0.0.1:{free_port()}", **GOOGLE))
    assert (finding.level, "cannot be reached" in finding.says) == (Level.WRONG, True)


async def test_without_a_client_nobody_can_sign_in() -> None:
    [finding] = await look_at_google(config())
    assert (finding.level, "nobody can sign in" in finding.says) == (Level.WARNING, True)


async def test_a_clock_that_is_right_is_well() -> None:
    async with running() as google:
        [finding] = await look_at_clock(config(GOOGLE_ENDPOINT=google.url, **GOOGLE))
    assert finding.level is Level.OK


async def test_a_clock_that_is_wrong_is_told() -> None:
    async def refuse(_: web.Request) -> web.Response:
        return web.Response(status=400, headers={"Date": formatdate(1_000_000_000, usegmt=True)})

    app = web.Application()
    app.router.add_post("/token", refuse)
    async with TestServer(app) as google:
        endpoint = str(google.make_url("")).rstrip("/")
        [finding] = await look_at_clock(config(GOOGLE_ENDPOINT=endpoint, **GOOGLE))
    assert (finding.level, "timedatectl" in finding.advice) == (Level.WRONG, True)


def mail_config(url: str) -> Config:
    return config(SMTP_URL=url, MAIL_FROM="bookings@host.test")


async def test_a_mail_server_that_takes_our_mail_is_well_and_gets_none() -> None:
    async with mail_server() as server:
        [finding] = await look_at_mail(mail_config(server.url))
        assert server.taken == []
    assert finding.level is Level.OK


async def test_a_mail_server_that_refuses_is_told_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    async with mail_server() as server:

        async def refuse(*_: Any) -> str:
            return "550 not from here"

        monkeypatch.setattr(server, "handle_MAIL", refuse, raising=False)
        [finding] = await look_at_mail(mail_config(server.url))
    assert (finding.level, "550 not from here" in finding.says) == (Level.WRONG, True)


async def test_a_mail_server_that_wants_no_login_of_ours_is_told() -> None:
    async with mail_server() as server:
        url = server.url.replace("smtp://", "smtp://user:password@")
        [finding] = await look_at_mail(mail_config(url))
    assert finding.level is Level.WRONG


async def test_a_mail_server_that_is_not_there_is_told() -> None:
    [finding] = await look_at_mail(mail_config(f"smtp://127.0.0.1:{free_port()}"))
    assert (finding.level, "cannot be reached" in finding.says) == (Level.WRONG, True)


async def test_without_a_mail_server_that_is_said() -> None:
    [finding] = await look_at_mail(config())
    assert (finding.level, "without Gmail" in finding.says) == (Level.WARNING, True)
