"""What the doctor sees from outside: the certificate, the proxy, the server behind it, the metrics."""

from __future__ import annotations

import ssl
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from admitone.commands.doctor.finding import Level
from admitone.commands.doctor.outside import look_from_outside
from admitone.config import Config
from tests.support.api.deployment import Clock, deployed
from tests.support.certificate import write_certificate
from tests.support.ports import free_port
from tests.support.server_process import SECRET_KEY
from tests.support.web.https_proxy import OUTSIDER, appends, believes, drops, https_proxy, replaces

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from aiohttp import web

    from admitone.commands.doctor.finding import Finding

    Tells = Callable[[web.Request], dict[str, str]]

LOOPBACK = "127.0.0.1"
OTHER_KEY = f"test:{'A' * 43}="


class Site:
    """A server behind a proxy that ends TLS; `trusted` believes the proxy's certificate."""

    def __init__(self, url: str, trusted: ssl.SSLContext) -> None:
        self.url = url
        self.trusted = trusted

    async def look(self, *, key: str = SECRET_KEY, **settings: str) -> dict[str, list[Finding]]:
        """The findings by what they are about."""
        return await look_at(self.url, self.trusted, SECRET_KEY=key, PUBLIC_URL=self.url, **settings)


@asynccontextmanager
async def site(
    redis_url: str, folder: Path, tells: Tells, *, trusts: str = "", days: int = 90, **others: str
) -> AsyncIterator[Site]:
    certificate = write_certificate(folder, LOOPBACK, days=days)
    now = Clock(int(time.time()))  # the doctor is another process, with the machine's time
    settings = {"PUBLIC_URL": "https://book.example", "TRUSTED_PROXIES": trusts, **others}
    async with (
        deployed(redis_url, now, **settings) as server,
        https_proxy(server.url, certificate, tells) as url,
    ):
        yield Site(url, ssl.create_default_context(cafile=certificate[0]))


async def look_at(
    url: str, trusted: ssl.SSLContext | None = None, **settings: str
) -> dict[str, list[Finding]]:
    config = Config({f"ADMITONE_{name}": text for name, text in settings.items()})
    found: dict[str, list[Finding]] = {}
    for finding in await look_from_outside(config, url, trusted):
        found.setdefault(finding.about, []).append(finding)
    return found


def levels(found: dict[str, list[Finding]]) -> dict[str, list[Level]]:
    return {about: [one.level for one in findings] for about, findings in found.items()}


async def test_a_site_as_it_should_be_is_well(redis_url: str, tmp_path: Path) -> None:
    async with site(redis_url, tmp_path, appends, trusts=LOOPBACK) as good:
        assert levels(await good.look()) == {
            "TLS": [Level.OK],
            "Public address": [Level.OK],
            "Proxy headers": [Level.OK],
            "/metrics": [Level.OK],
        }


async def test_a_certificate_of_nobody_is_found(redis_url: str, tmp_path: Path) -> None:
    async with site(redis_url, tmp_path, appends) as bad:
        found = await look_at(bad.url, SECRET_KEY=SECRET_KEY, PUBLIC_URL=bad.url)
    [finding] = found.pop("TLS")
    assert (finding.level, found) == (Level.WRONG, {})
    assert "self-signed certificate" in finding.says


async def test_a_certificate_that_ends_soon_is_found(redis_url: str, tmp_path: Path) -> None:
    async with site(redis_url, tmp_path, appends, trusts=LOOPBACK, days=5) as late:
        [finding] = (await late.look())["TLS"]
    assert (finding.level, finding.says) == (Level.WARNING, "The certificate ends in 4 days.")


async def test_a_proxy_that_drops_headers_is_found(redis_url: str, tmp_path: Path) -> None:
    async with site(redis_url, tmp_path, drops, trusts=LOOPBACK) as silent:
        found = await silent.look()
    [finding] = found["Proxy headers"]
    assert finding.level is Level.WRONG
    assert "127.0.0.1 does not tell who the client is" in finding.says
    assert "proxy_set_header X-Forwarded-For" in finding.advice
    assert levels(found)["/metrics"] == [Level.WRONG]


async def test_a_proxy_that_is_not_trusted_is_found(redis_url: str, tmp_path: Path) -> None:
    async with site(redis_url, tmp_path, appends) as unknown:
        found = await unknown.look()
    [finding] = found["Proxy headers"]
    assert finding.level is Level.WRONG
    assert "ADMITONE_TRUSTED_PROXIES=127.0.0.1" in finding.advice
    assert levels(found)["/metrics"] == [Level.OK]


async def test_a_proxy_that_believes_its_clients_is_found(redis_url: str, tmp_path: Path) -> None:
    async with site(redis_url, tmp_path, believes, trusts=LOOPBACK) as naive:
        found = await naive.look()
    [finding] = found["Proxy headers"]
    assert finding.level is Level.WRONG
    assert "the client wrote" in finding.says
    assert levels(found)["/metrics"] == [Level.WRONG]


async def test_where_the_machine_is_itself_a_proxy_that_is_said(redis_url: str, tmp_path: Path) -> None:
    async with site(redis_url, tmp_path, replaces, trusts=LOOPBACK) as near:
        found = await near.look()
    [finding] = found["Proxy headers"]
    assert (finding.level, "strangers claim" in finding.says) == (Level.WARNING, True)
    assert levels(found)["/metrics"] == [Level.OK]


async def test_metrics_for_the_doctor_s_own_network_are_meant(redis_url: str, tmp_path: Path) -> None:
    async with site(redis_url, tmp_path, appends, trusts=LOOPBACK, METRICS_NETWORKS=OUTSIDER) as near:
        [finding] = (await near.look())["/metrics"]
    assert (finding.level, "ADMITONE_METRICS_NETWORKS" in finding.says) == (Level.OK, True)


async def test_without_the_secret_key_the_proxy_is_not_looked_at(redis_url: str, tmp_path: Path) -> None:
    async with site(redis_url, tmp_path, appends, trusts=LOOPBACK) as good:
        [finding] = (await good.look(key=OTHER_KEY))["Proxy headers"]
    assert finding.level is Level.WARNING
    assert "secret key" in finding.says


async def test_links_that_lead_elsewhere_are_found(redis_url: str) -> None:
    async with deployed(redis_url, Clock()) as server:
        first, *rest = (await look_at(server.url, SECRET_KEY=SECRET_KEY))["Public address"]
    assert (first.level, first.says) == (
        Level.WARNING,
        f"Links lead to http://127.0.0.1:8080, not to {server.url}.",
    )
    assert [one.level for one in rest] == [Level.OK]


async def test_on_a_loopback_address_no_proxy_is_needed(redis_url: str, tmp_path: Path) -> None:
    async with deployed(redis_url, Clock()) as server:
        found = await look_at(server.url, PUBLIC_URL=server.url, DATA_DIR=str(tmp_path))
    assert levels(found) == {
        "TLS": [Level.OK],
        "Public address": [Level.OK],
        "/metrics": [Level.OK],
    }


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_an_address_where_nobody_answers_is_found(scheme: str, tmp_path: Path) -> None:
    url = f"{scheme}://127.0.0.1:{free_port()}"
    found = await look_at(url, PUBLIC_URL=url, DATA_DIR=str(tmp_path))
    [finding] = found["Public address"]
    assert finding.level is Level.WRONG
    assert f"{url} does not answer" in finding.says
