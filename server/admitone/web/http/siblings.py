"""The figures of all processes of a server, whichever of them is asked.

Each process answers the others on a socket in the server's private folder. A figure keeps the number of its
process as the label `process`: a sum would fall when a process is started again, and Prometheus would take
that for a reset of all of them.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import msgspec
import structlog
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from pathlib import Path

    from prometheus_client import CollectorRegistry

log = structlog.get_logger()

PATIENCE = 1.0
"""Seconds for another process to say its figures; without them, its `admitone_process_up` is 0."""


class _Sample(msgspec.Struct, array_like=True):
    name: str
    labels: dict[str, str]
    value: float


class _Family(msgspec.Struct, array_like=True):
    """One metric of one process."""

    name: str
    documentation: str
    kind: str
    samples: list[_Sample]


_decode = msgspec.msgpack.Decoder(list[_Family]).decode


class Siblings:
    """The processes of one server, `count` of them; this one is `number`, and its figures are `own`."""

    def __init__(self, folder: Path, number: int, count: int, own: CollectorRegistry) -> None:
        self._folder = folder
        self._number = number
        self._count = count
        self._own = own

    @asynccontextmanager
    async def answered(self) -> AsyncIterator[None]:
        """Answer the other processes during the block."""
        place = self._place(self._number)
        place.unlink(missing_ok=True)  # of one that was killed
        server = await asyncio.start_unix_server(self._answer, place)
        try:
            yield
        finally:
            server.close()
            place.unlink(missing_ok=True)

    async def collected(self) -> Collector:
        """The figures of all processes, as far as they answer in time."""
        others = [number for number in range(self._count) if number != self._number]
        said = await asyncio.gather(*(self._ask(number) for number in others))
        return _Merged({self._number: _families(self._own), **dict(zip(others, said, strict=True))})

    async def _answer(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(msgspec.msgpack.encode(_families(self._own)))
        writer.close()

    async def _ask(self, number: int) -> list[_Family] | None:
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await asyncio.open_unix_connection(self._place(number))
                try:
                    return _decode(await reader.read())
                finally:
                    writer.close()
        except (OSError, msgspec.DecodeError):  # it is being started, hangs, or ended meanwhile
            log.warning("process-without-figures", number=number)
            return None

    def _place(self, number: int) -> Path:
        return self._folder / f"{number}.sock"


class _Merged(Collector):
    def __init__(self, said: dict[int, list[_Family] | None]) -> None:
        self._said = said

    def collect(self) -> Iterable[Metric]:
        """Each metric once, with the samples of all processes."""
        up = GaugeMetricFamily(
            "admitone_process_up", "Whether this process of the server said its figures.", labels=["process"]
        )
        merged: dict[str, Metric] = {}
        for number, families in sorted(self._said.items()):
            up.add_metric([str(number)], families is not None)
            for family in families or ():
                metric = merged.setdefault(
                    family.name, Metric(family.name, family.documentation, family.kind)
                )
                for sample in family.samples:
                    metric.add_sample(sample.name, {"process": str(number), **sample.labels}, sample.value)
        return [up, *merged.values()]


def _families(registry: CollectorRegistry) -> list[_Family]:
    return [
        _Family(
            metric.name,
            metric.documentation,
            metric.type,
            [_Sample(sample.name, dict(sample.labels), sample.value) for sample in metric.samples],
        )
        for metric in registry.collect()
    ]
