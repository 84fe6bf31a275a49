"""What Prometheus sees of requests: how many were answered, and how long they took.

prometheus_client's own counters take a lock and check their arguments at every step, since threads may
share them. Requests are counted by the event loop's thread only: here they are plain numbers until they are
read.
"""

from __future__ import annotations

from bisect import bisect_left
from http import HTTPMethod
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prometheus_client.core import Metric

BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds; finest below 20 ms, because a write is only one read and one script call."""
METHODS = frozenset(HTTPMethod)


class _Figure(msgspec.Struct):
    """The requests of one method, route and status: their time in all, and how many fell into each bucket."""

    seconds: float
    buckets: list[int]


class RequestFigures(Collector):
    """The requests of one process by method, route and status.

    Labels have the patterns of routes, so that no code or token is a label.
    """

    def __init__(self) -> None:
        self._figures: dict[tuple[str, str | None, int | None], _Figure] = {}

    def add(self, method: str, route: str | None, status: int | None, seconds: float) -> None:
        """Count one request; `route` is None if no route fits, `status` is None if the caller hung up.

        Unknown methods share one label: each new label takes memory until the process ends.
        """
        figure = self._figures.get((method, route, status)) or self._begin(method, route, status)
        figure.seconds += seconds
        figure.buckets[bisect_left(BUCKETS, seconds)] += 1

    def _begin(self, method: str, route: str | None, status: int | None) -> _Figure:
        key = (method if method in METHODS else "other", route, status)
        return self._figures.setdefault(key, _Figure(0.0, [0] * (len(BUCKETS) + 1)))

    def collect(self) -> Iterable[Metric]:
        """The figures as Prometheus reads them."""
        requests = CounterMetricFamily(
            "admitone_requests", "Requests that were answered.", labels=["method", "route", "status"]
        )
        times: dict[tuple[str, str], _Figure] = {}
        for (method, route, status), figure in self._figures.items():
            labels = (method, route or "none")
            requests.add_metric([*labels, str(status or "none")], sum(figure.buckets))
            sums = times.setdefault(labels, _Figure(0.0, [0] * len(figure.buckets)))
            sums.seconds += figure.seconds
            sums.buckets = [one + other for one, other in zip(sums.buckets, figure.buckets, strict=True)]
        yield requests
        yield _histogram(times)


def _histogram(times: dict[tuple[str, str], _Figure]) -> Metric:
    histogram = HistogramMetricFamily(
        "admitone_request_seconds",
        "From the first byte of a request to its answer.",
        labels=["method", "route"],
    )
    bounds = [*map(str, BUCKETS), "+Inf"]
    for labels, figure in times.items():
        histogram.add_metric(
            labels, list(zip(bounds, accumulate(figure.buckets), strict=True)), figure.seconds
        )
    return histogram
