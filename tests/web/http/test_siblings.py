"""The figures of all processes of a server."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from prometheus_client import generate_latest

from admitone.web.http import siblings
from admitone.web.http.metrics import Metrics
from admitone.web.http.siblings import Siblings

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_each_metric_is_shown_once_with_the_figures_of_every_process(tmp_path: Path) -> None:
    metrics = [Metrics(), Metrics()]
    metrics[0].requests.add("GET", "/items/{id}", 200, 0.001)
    for _ in range(3):
        metrics[1].requests.add("GET", "/items/{id}", 200, 0.001)
    known = [Siblings(tmp_path, number, 2, each.own) for number, each in enumerate(metrics)]
    async with AsyncExitStack() as answering:
        for each in known:
            await answering.enter_async_context(each.answered())
        said = [generate_latest(await each.collected()).decode() for each in known]
    assert said[0] == said[1], "whichever is asked"
    of_items = 'method="GET",process="{}",route="/items/{{id}}",status="200"'
    assert f"admitone_requests_total{{{of_items.format(0)}}} 1.0" in said[0]
    assert f"admitone_requests_total{{{of_items.format(1)}}} 3.0" in said[0]
    assert said[0].count("# TYPE admitone_requests_total counter") == 1
    assert list(tmp_path.iterdir()) == [], "no socket is left behind"


async def test_a_process_that_ended_hangs_or_talks_nonsense_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(siblings, "PATIENCE", 0.2)

    hung: list[asyncio.StreamWriter] = []

    async def hang(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hung.append(writer)

    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"nonsense")
        writer.close()

    own = Metrics()
    own.requests.add("GET", "/", 200, 0.001)
    hanging = await asyncio.start_unix_server(hang, tmp_path / "1.sock")
    talking = await asyncio.start_unix_server(talk, tmp_path / "2.sock")
    async with hanging, talking:
        said = generate_latest(await Siblings(tmp_path, 0, 4, own.own).collected()).decode()
        [writer] = hung
        writer.close()
        await writer.wait_closed()
    up = [line for line in said.splitlines() if line.startswith("admitone_process_up")]
    assert up == [f'admitone_process_up{{process="{number}"}} {float(number == 0)}' for number in range(4)]
    assert 'admitone_requests_total{method="GET",process="0",route="/",status="200"} 1.0' in said
