"""A server shows every metric that the rules, the dashboard and the guide are held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from tests.support.figures import families
from tests.support.server_process import running_servers

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_server_shows_every_metric(tmp_path: Path) -> None:
    with running_servers(1, tmp_path) as [server]:
        async with ClientSession() as http, http.get(f"{server.url}/metrics") as answer:
            text = await answer.text()
    shown = {family.name for family in text_string_to_metric_families(text)}
    assert shown == {family.name for family in families()}
    assert "\nadmitone_redis_up 1.0\n" in text
