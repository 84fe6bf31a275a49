"""The metrics of a server that has everything, without a server."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from redis.asyncio import Redis

from admitone.mail.transport import MailCounts
from admitone.store.outbox.outbox_figures import OutboxFigures
from admitone.store.redis.lines import Lines
from admitone.store.redis.memory_figures import MemoryFigures
from admitone.web.http.metrics import Metrics

if TYPE_CHECKING:
    from collections.abc import Mapping

    from prometheus_client.metrics_core import Metric


def all_metrics() -> Metrics:
    """Metrics of which each has a sample."""
    metrics = Metrics()
    metrics.requests.add("GET", "/items/{id}", 200, 0.01)
    metrics.count_limit("connections")
    metrics.show_outbox(OutboxFigures(0, 0, 0, 0, 0))
    metrics.show_redis(MemoryFigures(1, 2), saves=True)
    metrics.watch_store(Lines(Redis(), 0, lambda: None))
    metrics.watch_worker(Counter())
    metrics.watch_runs(Counter())
    metrics.watch_grants(Counter())
    metrics.watch_mail(MailCounts())
    return metrics


def families() -> list[Metric]:
    """Every metric, in the order in which `/metrics` shows them."""
    metrics = all_metrics()
    return [*metrics.own.collect(), *metrics.shared.collect()]


def labels_of_samples() -> Mapping[str, Mapping[str, set[str]]]:
    """By the name of each sample: its labels, and the values that they have here."""
    found: dict[str, dict[str, set[str]]] = {}
    for family in families():
        for sample in family.samples:
            labels = found.setdefault(sample.name, {})
            for name, value in sample.labels.items():
                labels.setdefault(name, set()).add(value)
    return found
